"""What came in, all of it or what is looked for: a workspace's own, without what it says."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.exports.export import Export
from models.exports.source import Line
from models.inbound_email import InboundEmail
from models.inbox import Inbox


class Mails:
    """`about` is `{"wanted": what of an `Inbox` is not blank}`."""

    word = "inbound mail"
    names = ("id", "received_at", "sender", "subject", "kind", "state", "reason", "settled_at", "incinerated_at")

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(select(func.count()).select_from(self._found(export).subquery())) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return self.names

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        mine = self._found(export).with_only_columns(*(getattr(InboundEmail, name) for name in self.names))
        rows = tx.execute(mine.where(InboundEmail.id > export.after).order_by(InboundEmail.id).limit(most))
        return [Line(row.id, list(row)) for row in rows]

    def _found(self, export: Export):  # type: ignore[no-untyped-def]
        return Inbox(export.workspace_id, **export.about["wanted"]).found
