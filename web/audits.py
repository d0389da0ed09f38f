"""The audit log: who did what, when and from where. Nobody can change it here or anywhere else."""

from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from models.audit_event import AuditEvent
from models.db import transaction
from models.membership import Membership
from models.user import User, display_name
from web import exports
from web.fields import one_line
from web.listing import Listing, by_number
from web.visitor import here, managers_only, visitor

page = Blueprint("audits", __name__, url_prefix="/settings/audit-log")


@page.get("")
@managers_only
def index() -> str:
    wanted = _wanted()
    found = AuditEvent.of(here(), wanted.get("person"), wanted.get("noun", "")).options(joinedload(AuditEvent.user))
    people = select(User.id, User.name, User.email).join(Membership, Membership.user_id == User.id)
    with transaction() as tx:
        events: Listing[AuditEvent] = Listing.of(tx, found, by_number(AuditEvent.id))
        rows = tx.execute(people.where(Membership.workspace_id == here()).order_by(Membership.id))
        here_now = [(number, display_name(name, email)) for number, name, email in rows]
        ids = [each.about_id for each in events.rows if each.noun == "user"]
        names = {user.id: user.display_name for user in tx.scalars(select(User).where(User.id.in_(ids)))}
    return render_template("audits/index.html", page=events, names=names, people=here_now, nouns=NOUNS, wanted=wanted)


@page.post("/exports")
@managers_only
def export() -> Response:
    """All of it, or what is looked for."""
    form, whose = exports.wanted_form(), visitor.user.id
    return exports.led(exports.asked("audit log", {"wanted": _wanted()}, "Audit log", form, whose))


def _wanted() -> dict[str, Any]:
    """Of `person` and `noun` what the address says."""
    person, noun = request.args.get("person", ""), one_line(request.args.get("noun"))[:40]
    number = int(person) if person.isascii() and person.isdigit() and len(person) < 19 else None
    return {name: value for name, value in (("person", number), ("noun", noun)) if value}


# What can be asked for by its kind: as `audit` calls things.
NOUNS = (
    *("session", "password", "code at sign-in", "recovery code", "user", "account", "api key", "team", "publication"),
    *("edition", "import", "export", "list", "contact", "suppression", "stream", "job"),
    *("segment", "snippet", "image", "subscription", "bulk change", "inbound email", "workspace"),
)
