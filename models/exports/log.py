"""The audit log, all of it or what is looked for."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from models.audit_event import AuditEvent
from models.exports.export import Export
from models.exports.source import Line

COLUMNS = ("id", "when", "who", "key", "act", "noun", "about", "words", "address")


class Log:
    """`about` is `{"wanted": {"person": their number, "noun": a word}}`, each only where it is wanted."""

    word = "audit log"

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(select(func.count()).select_from(_found(export).subquery())) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return COLUMNS

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        found = _found(export).options(joinedload(AuditEvent.user)).where(AuditEvent.id > export.after)
        return [Line(event.id, _cells(event)) for event in tx.scalars(found.order_by(AuditEvent.id).limit(most))]


def _found(export: Export) -> Select[Any]:
    wanted = export.about["wanted"]
    return AuditEvent.of(export.workspace_id, wanted.get("person"), wanted.get("noun", ""))


def _cells(event: AuditEvent) -> list[object]:
    who = event.user.display_name if event.user else ""
    about = (event.noun, event.about_id, event.words, event.address)
    return [event.id, event.created_at, who, event.by_key, event.act, *about]
