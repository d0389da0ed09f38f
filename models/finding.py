"""One thing that was looked at in an edition before it is sent, and what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.types import Id, Words, WorkspaceId, references

if TYPE_CHECKING:
    from models.inspection import Inspection

HOLDS = timedelta(minutes=10)  # for so long, what a link said when it was followed is believed


_PARTS = {"subject": "subject", "capitals": "subject", "reply": "subject", "address": "looks"}


class Severity(StrEnum):
    PENDING = "pending"  # a link that has not been followed yet
    FINE = "fine"
    LOOK = "look"
    SERIOUS = "serious"  # must be fixed


class Found(NamedTuple):
    """place: where, in the author's own words, or the link's address. advice: what is wrong and what to do."""

    kind: str
    severity: Severity
    place: str
    advice: str = ""


class Finding(Base):
    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("inspection_id", "kind", "place"),
        CheckConstraint("severity in ('pending', 'fine', 'look', 'serious')", name="severity"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    inspection_id: Mapped[int] = references("inspections.id")
    kind: Mapped[Words]
    severity: Mapped[Words]
    place: Mapped[Words]
    advice: Mapped[Words] = mapped_column(default="")
    followed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    inspection: Mapped["Inspection"] = relationship(back_populates="findings")

    @property
    def part(self) -> str:
        """What is to be mended: a field of the draft's form, or the newsletter's `looks`."""
        return "plain" if (self.kind, self.place) == ("leaving", "Text") else _PARTS.get(self.kind, "body")

    @property
    def words(self) -> str:
        """Its place as it may stand in the draft; of something left over that alone, with which the advice begins."""
        return self.advice.partition(" is ")[0] if self.kind == "leftover" else self.place

    @classmethod
    def pending(cls, tx: Session, edition_id: int, limit: int) -> dict[int, str]:
        """Links of an edition to be followed, `{id: address}`."""
        waiting = select(cls.id, cls.place).filter_by(severity=Severity.PENDING)
        waiting = waiting.where(cls.inspection.has(edition_id=edition_id))
        return dict(tx.execute(waiting.order_by(cls.id).limit(limit)).tuples().all())

    @classmethod
    def settle(cls, tx: Session, number: int, found: Found) -> None:
        """What came of following a link; whoever says so first is believed."""
        row = update(cls).where(cls.id == number, cls.severity == Severity.PENDING)
        tx.execute(row.values(severity=found.severity, advice=found.advice, followed_at=clock.now()))

    @classmethod
    def recalled(cls, tx: Session, edition_id: int, found: Sequence[Found]) -> list[dict[str, Any]]:
        """What was found of an edition, as rows; links that were followed a moment ago with what came of it."""
        fresh = select(cls).where(cls.inspection.has(edition_id=edition_id), cls.followed_at > clock.now() - HOLDS)
        known = {each.place: each for each in tx.scalars(fresh)}
        rows = [each._asdict() | {"followed_at": None} for each in found]
        for row in rows:
            if row["severity"] == Severity.PENDING and (before := known.get(row["place"])):
                row |= {name: getattr(before, name) for name in ("severity", "advice", "followed_at")}
        return rows
