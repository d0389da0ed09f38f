"""The deliveries of a workspace as somebody looks for them."""

from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from models.delivery import Delivery


class Ledger(NamedTuple):
    """Which are looked for; what is blank narrows nothing. `recipient` is a part of an address."""

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
            found = found.where(Delivery.recipient.contains(self.recipient.lower(), autoescape=True))
        return found

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
