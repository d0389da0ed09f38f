"""Asks somebody who typed an address into a form whether they want the newsletter. There is no reminder."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.contact import Contact
from models.opt_in import OptIn
from models.publication import Publication
from models.subscription import Subscription

_TEMPLATE = Template("opt_in")


@dataclass(frozen=True)
class Ask:
    opt_in: OptIn
    contact: Contact
    publication: Publication


def asks(tx: Session, ids: Iterable[int]) -> dict[int, Ask]:
    whole = joinedload(OptIn.subscription).joinedload(Subscription.contact)
    found = select(OptIn, Publication).where(OptIn.id.in_(list(ids)))
    found = found.join(Subscription, Subscription.id == OptIn.subscription_id)
    found = found.join(Publication, Publication.id == Subscription.publication_id)
    rows = tx.execute(found.options(whole, joinedload(OptIn.workspace)))
    return {ask.id: Ask(ask, ask.subscription.contact, publication) for ask, publication in rows}


def opt_in(ask: Ask) -> Letter:
    letter = _TEMPLATE.fill(
        publication=ask.publication.name,
        address=ask.contact.email,
        workspace=ask.opt_in.workspace.name,
        link=links.opt_in(ask.opt_in),
    )
    return letter.addressed(sender=addresses.sender_named(ask.publication.name), headers=AUTOMATIC)
