"""Leaving a newsletter, for whoever holds a link from one of its mails: signed out, with one click, for ever.

RFC 8058: a mail program POSTs `List-Unsubscribe=One-Click`, as a form of either kind, without cookies; that alone
unsubscribes, whatever else the body says, and the answer is no redirect.
"""

from typing import NamedTuple

from flask import Blueprint, request
from sqlalchemy.orm import Session

from models.publication import Publication
from models.subscription import State, Subscription
from models.subscription_change import Change, How
from web.mailed_link import behind

page = Blueprint("unsubscriptions", __name__, url_prefix="/unsubscribe")


class Leaver(NamedTuple):
    email: str
    publication: str
    whose: str  # the workspace's name
    is_in: bool
    token: str  # of the page where they choose what they get


def _leave(tx: Session, subscription: Subscription) -> None:
    """RFC 8058 has mail programs say so; a person presses a button."""
    one_click = request.form.get("List-Unsubscribe") == "One-Click"
    subscription.leave(tx, Change(How.ONE_CLICK if one_click else How.PAGE, ip=request.remote_addr or ""))


def _leaver(tx: Session, subscription: Subscription) -> Leaver:
    publication = tx.get_one(Publication, subscription.publication_id)
    return Leaver(
        subscription.contact.email,
        publication.name,
        publication.workspace.name,
        subscription.state in (State.ACTIVE, State.UNCONFIRMED),
        subscription.unsubscribe_token,
    )


behind(page, "unsubscribe_token", Subscription.holding, _leave, _leaver)
