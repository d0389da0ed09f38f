"""Tells somebody that the way into their account has changed, so that they notice when it was not them."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.audit_event import AuditEvent
from models.db import by_id

_TEMPLATE = Template("security")

_PHRASES = {
    "password": "Your password was {act}",
    "code at sign-in": "Two-factor authentication was {act}",
    "recovery code": "Your recovery codes were {act}",
}


def events(tx: Session, ids: Iterable[int]) -> dict[int, AuditEvent]:
    return by_id(tx, AuditEvent, ids, joinedload(AuditEvent.user), joinedload(AuditEvent.workspace))


def security(event: AuditEvent) -> Letter:
    letter = _TEMPLATE.fill(
        name=event.user.display_name if event.user else "",
        what=_PHRASES[event.noun].format(act=event.act),
        workspace=event.workspace.name,
        when=f"{event.created_at:%-d %B %Y, %H:%M} UTC",
        address=event.address,
        link=links.sessions(event.workspace),
    )
    return letter.addressed(headers=AUTOMATIC)
