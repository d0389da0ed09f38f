"""A stranger at a sign-up form, and what came of it."""

from sqlalchemy import select, text

from models import token
from models.contact import Contact
from models.db import transaction
from models.opt_in import OptIn
from models.publication import Publication
from models.subscription import Subscription

PATH = "/subscribe/letters-of-ada"
NEW = "new@example.com"


def sign_up(browser, clock, email=NEW, seconds=5, **typed):
    browser.get(PATH)
    clock.forward(seconds=seconds)
    return browser.press("Subscribe", email=email, **typed)


def subscription(email=NEW):
    with transaction() as tx:
        found = select(Subscription).join(Contact).where(Contact.email == email).order_by(Subscription.id)
        return tx.scalars(found).first()


def asked():
    """`[(recipient, state)]` of the mails that ask."""
    with transaction() as tx:
        rows = tx.execute(text("select recipient, state from deliveries where kind = 'opt_in' order by id"))
        return [tuple(row) for row in rows]


def link():
    with transaction() as tx:
        return f"/opt-ins/{token.sealed('opt-in', tx.scalar(select(OptIn.id).order_by(OptIn.id.desc())))}"


def standing(ada):
    with transaction() as tx:
        return tx.get_one(Publication, ada.publication).standing(tx)


def settle(ada, **changes):
    with transaction() as tx:
        publication = tx.get_one(Publication, ada.publication)
        for name, value in changes.items():
            setattr(publication, name, value)
