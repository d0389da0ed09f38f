"""Confirming a subscription, for whoever holds the link from the mail that asked: signed out, on any device.

A GET, which scanners send too, only shows a button.
"""

from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session

from models.db import transaction
from models.opt_in import OptIn
from models.publication import Publication
from web.visitor import public

page = Blueprint("opt_ins", __name__, url_prefix="/opt-ins")

BUTTON = "Yes, subscribe me"


class Asked(NamedTuple):
    email: str
    publication: str
    slug: str | None
    state: str  # `open`, `done` or `over`
    preferences: str


@page.get("/<opt_in_token>")
@public
def edit(opt_in_token: str) -> str:
    with transaction() as tx:
        asked = _asked(tx, _held(tx, opt_in_token))
    return render_template("opt_ins/edit.html", asked=asked, button=BUTTON)


@page.post("/<opt_in_token>")
@public
def confirm(opt_in_token: str) -> str:
    with transaction() as tx:
        opt_in = _held(tx, opt_in_token)
        opt_in.confirm(request.remote_addr or "", BUTTON)
        asked = _asked(tx, opt_in)
    return render_template("opt_ins/edit.html", asked=asked, button=BUTTON)


def _held(tx: Session, token: str) -> OptIn:
    return OptIn.holding(tx, token) or abort(404)


def _asked(tx: Session, opt_in: OptIn) -> Asked:
    publication = tx.get_one(Publication, opt_in.subscription.publication_id)
    is_in = opt_in.subscription.state == "active"
    state = "done" if is_in else "over" if opt_in.is_over or opt_in.confirmed_at else "open"
    link = opt_in.subscription.unsubscribe_token
    return Asked(opt_in.subscription.contact.email, publication.name, publication.slug, state, link)
