"""The ledger: a line for each recipient, and what became of the mail to them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.delivery import Delivery
from models.exports.export import Export
from models.exports.source import Line
from models.ledger import Ledger

COLUMNS = (
    "id", "recipient", "kind", "source_id", "state", "reason", "attempts", "stream", "provider_id", "created_at",
    "claimed_at", "sent_at", "settled_at",
)  # fmt: skip


class Deliveries:
    """`about` is `{"wanted": as `Ledger.told` has it}`."""

    word = "deliveries"

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(select(func.count()).select_from(self._wanted(export).found.subquery())) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return COLUMNS

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        wanted = self._wanted(export)
        key = wanted.key
        found = wanted.found.with_only_columns(key, *(getattr(Delivery, column) for column in COLUMNS))
        behind = found.where(key > export.after) if export.after else found
        return [Line(place, cells) for place, *cells in tx.execute(behind.order_by(key).limit(most))]

    def _wanted(self, export: Export) -> Ledger:
        return Ledger(export.workspace_id, **export.about["wanted"])


class Copies(Deliveries):
    """Those of an edition. `about` is `{"edition": its number}`."""

    word = "edition"

    def _wanted(self, export: Export) -> Ledger:
        return Ledger(export.workspace_id, kind="edition", source=str(export.about["edition"]))
