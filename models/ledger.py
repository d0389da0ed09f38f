"""The deliveries of a workspace as somebody looks for them."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, any_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from models.delivery import Delivery
from models.edition import Edition


class Ledger(NamedTuple):
    """Which are looked for; what is blank narrows nothing. `recipient` is a whole address."""

    workspace_id: int
    kind: str = ""
    source: str = ""  # the number of what they are about, as somebody wrote it
    state: str = ""
    recipient: str = ""

    @property
    def found(self) -> Select[Any]:
        found = select(Delivery).filter_by(workspace_id=self.workspace_id)
        found = found.filter_by(**{name: word for name, word in (("kind", self.kind), ("state", self.state)) if word})
        if self.source:
            found = found.filter_by(source_id=number_of(self.source))
        if self.recipient:
            found = found.where(Delivery.recipient == self.recipient.lower(), self._by_index)
        return found

    @property
    def _by_index(self) -> ColumnElement[bool]:
        """True of all, said so that recipients are found: of copies by the edition, of other mails by themselves.

        No index of the copies begins with recipients: it would be written to all over whenever an edition goes out.
        """
        editions = func.array(select(Edition.id).filter_by(workspace_id=self.workspace_id).scalar_subquery())
        return or_(and_(Delivery.kind == "edition", Delivery.source_id == any_(editions)), Delivery.kind != "edition")

    @property
    def key(self) -> InstrumentedAttribute[Any]:
        """What pages of them go by: unique among them, never changed, and found by an index."""
        return Delivery.recipient if self.kind and self.source else Delivery.id

    @property
    def told(self) -> dict[str, Any]:
        """For an address, or to be kept: what is not blank."""
        return {name: text for name, text in self._asdict().items() if name != "workspace_id" and text}


def number_of(text: str) -> int:
    """Of a row; that of no row at all when somebody made it up."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
