"""Leaving a newsletter, for whoever holds a link from one of its mails: signed out, with one click, for ever.

RFC 8058: a mail program POSTs `List-Unsubscribe=One-Click`, as a form of either kind, without cookies; that alone
unsubscribes, and the answer is no redirect. A GET, which scanners send too, only shows a button.
"""

from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session

from models.db import transaction
from models.publication import Publication
from models.subscription import State, Subscription
from models.subscription_change import Change, How
from web.visitor import public

page = Blueprint("unsubscriptions", __name__, url_prefix="/unsubscribe")


class Leaver(NamedTuple):
    email: str
    publication: str
    is_in: bool


@page.get("/<unsubscribe_token>")
@public
def new(unsubscribe_token: str) -> str:
    with transaction() as tx:
        leaver = _leaver(tx, _held(tx, unsubscribe_token))
    return render_template("unsubscriptions/new.html", leaver=leaver, token=unsubscribe_token)


@page.post("/<unsubscribe_token>")
@public
def create(unsubscribe_token: str) -> str:
    """What the body says does not matter: who holds the link may leave."""
    with transaction() as tx:
        subscription = _held(tx, unsubscribe_token)
        subscription.leave(tx, _change())
        leaver = _leaver(tx, subscription)
    return render_template("unsubscriptions/new.html", leaver=leaver, token=unsubscribe_token)


def _change() -> Change:
    """RFC 8058 has mail programs say so; a person presses a button."""
    one_click = request.form.get("List-Unsubscribe") == "One-Click"
    return Change(How.ONE_CLICK if one_click else How.PAGE, ip=request.remote_addr or "")


def _held(tx: Session, token: str) -> Subscription:
    return Subscription.holding(tx, token) or abort(404)


def _leaver(tx: Session, subscription: Subscription) -> Leaver:
    name = tx.get_one(Publication, subscription.publication_id).name
    return Leaver(subscription.contact.email, name, subscription.state in (State.ACTIVE, State.UNCONFIRMED))
