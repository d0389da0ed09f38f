"""Confirming a subscription, for whoever holds the link from the mail that asked: signed out, on any device."""

from typing import NamedTuple

from flask import Blueprint, request
from sqlalchemy.orm import Session

from models.opt_in import OptIn
from models.publication import Publication
from web.mailed_link import behind

page = Blueprint("opt_ins", __name__, url_prefix="/opt-ins")

BUTTON = "Yes, subscribe me"


class Asked(NamedTuple):
    email: str
    publication: str
    whose: str  # the workspace's name
    slug: str | None
    state: str  # `open`, `done` or `over`
    preferences: str
    button: str


def _confirm(tx: Session, opt_in: OptIn) -> None:
    opt_in.confirm(request.remote_addr or "", BUTTON)


def _asked(tx: Session, opt_in: OptIn) -> Asked:
    publication = tx.get_one(Publication, opt_in.subscription.publication_id)
    is_in = opt_in.subscription.state == "active"
    state = "done" if is_in else "over" if opt_in.is_over or opt_in.confirmed_at else "open"
    link = opt_in.subscription.unsubscribe_token
    named = opt_in.subscription.contact.email, publication.name, publication.workspace.name
    return Asked(*named, publication.slug, state, link, BUTTON)


behind(page, "opt_in_token", OptIn.holding, _confirm, _asked)
