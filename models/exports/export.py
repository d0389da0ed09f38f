"""A table that somebody takes away as a file: made by a job from the rows as they are, kept by the piece for a week.

making ─last page→ made ─a week→ gone
   └ refused: it would be too large

Each page of rows is one transaction that keeps what it adds to the file, so whoever goes on begins behind the last.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, LargeBinary, delete, insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base, transaction
from models.pace import seconds_left
from models.types import CreatedAt, Id, Moment, Words, WorkspaceId, references

KEPT = timedelta(days=7)
OVERDUE = timedelta(minutes=1)


class State(StrEnum):
    MAKING = "making"
    MADE = "made"
    REFUSED = "refused"


class Export(Base):
    __tablename__ = "exports"
    __table_args__ = (
        CheckConstraint("state in ('making', 'made', 'refused')", name="state"),
        CheckConstraint("form in ('csv', 'xlsx', 'zip')", name="form"),
        Index(
            "uq_exports_making",
            *("workspace_id", "source", "about", "form"),
            unique=True,
            postgresql_where="state = 'making'",
        ),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    source: Mapped[Words]  # the word of what its rows are: models.exports.sources
    about: Mapped[dict[str, Any]] = mapped_column(JSONB)  # which of them
    form: Mapped[Words]
    name: Mapped[Words]  # the file's, without its ending
    state: Mapped[Words] = mapped_column(default=State.MAKING)
    problem: Mapped[Words] = mapped_column(default="")
    after: Mapped[Any] = mapped_column(JSONB, default=0)  # the key of the last row that is in it
    rows: Mapped[int] = mapped_column(BigInteger, default=0)
    total: Mapped[int] = mapped_column(BigInteger, default=0)  # how many there were when it was asked for
    size: Mapped[int] = mapped_column(BigInteger, default=0)  # bytes
    places: Mapped[int] = mapped_column(default=0)  # pieces
    progress: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)  # what its form has to know to go on
    moved_at: Mapped[Moment] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    @classmethod
    def ask(cls, tx: Session, about: Mapping[str, Any]) -> "Export":
        """A fresh one; while the same is being made, that. `about` has its columns: workspace, source and so on."""
        tx.execute(insert_unless(cls).values(**about).on_conflict_do_nothing())
        same = {name: about[name] for name in ("workspace_id", "source", "about", "form")}
        return tx.scalars(select(cls).filter_by(**same).order_by(cls.id.desc()).limit(1)).one()

    @property
    def file(self) -> str:
        return f"{self.name}.{self.form}"

    @property
    def percent(self) -> int:
        if self.state != State.MAKING:
            return 100
        return min(99, 100 * self.rows // self.total) if self.total else 0

    @property
    def seconds_left(self) -> int | None:
        return seconds_left(self.created_at, self.rows, self.total)

    @property
    def expires_at(self) -> datetime | None:
        return self.finished_at + KEPT if self.finished_at else None

    def keep(self, tx: Session, content: bytes) -> None:
        """The next piece of the file."""
        if content:
            tx.execute(insert(ExportPiece).values(export_id=self.id, place=self.places, content=content))
            self.places += 1
            self.size += len(content)
        self.moved_at = clock.now()

    def replace(self, tx: Session) -> None:
        """Drops those that were made of the same before: a file that nobody wants any more is large."""
        same = {name: getattr(self, name) for name in ("workspace_id", "source", "about", "form")}
        tx.execute(delete(Export).filter_by(**same).where(Export.id < self.id))

    def end(self, state: State, problem: str = "") -> None:
        self.state, self.problem, self.finished_at = state, problem, clock.now()

    @classmethod
    def stuck(cls, tx: Session) -> list[int]:
        """Those that have not moved for a minute: their job is lost."""
        still = select(cls.id).where(cls.state == State.MAKING, cls.moved_at < clock.now() - OVERDUE)
        return list(tx.scalars(still.order_by(cls.id)))

    @classmethod
    def forget(cls, tx: Session) -> None:
        """Drops what has been kept long enough: one at a time, since each may have hundreds of pieces."""
        old = select(cls.id).where(cls.finished_at < clock.now() - KEPT)
        tx.execute(delete(cls).where(cls.id.in_(old.order_by(cls.id).limit(1))))


class ExportPiece(Base):
    """A part of the file."""

    __tablename__ = "export_pieces"

    export_id: Mapped[int] = references("exports.id", primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def pieces(export_id: int) -> Iterator[bytes]:
    """The file, a piece at a time, each read in a transaction of its own."""
    place = 0
    while True:
        with transaction() as tx:
            content = tx.scalar(select(ExportPiece.content).filter_by(export_id=export_id, place=place))
        if content is None:
            return
        yield bytes(content)
        place += 1
