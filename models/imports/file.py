"""A file that becomes rows, and what was said about it.

    uploaded ─check→ reading ─all rows stored→ checked ─run→ running ─nothing pending→ finished
                        └ it is no table→ refused                ├ pause ⇄ resume
                                                                 └ cancel→ canceled

A check may be asked for again, with other columns: that is another `version`, and what reads for an older one stops.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import IO, Any

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, Text, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base, transaction
from models.imports.dialect import Dialect
from models.types import CreatedAt, Id, Moment, Words, WorkspaceId, references
from models.user import User

PIECE = 1_000_000  # bytes
SAMPLE = 256_000  # bytes: what a preview is made of
OVERDUE = timedelta(minutes=1)
KEPT_UNRUN = timedelta(days=30)
AT_ONCE = "at_once"  # the option by which it runs as soon as it is checked


class State(StrEnum):
    UPLOADED = "uploaded"
    READING = "reading"
    REFUSED = "refused"
    CHECKED = "checked"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELED = "canceled"
    FINISHED = "finished"


class Existing(StrEnum):
    """What happens to those who are here already."""

    SKIP = "skip"
    FILL = "fill"  # only what is blank
    OVERWRITE = "overwrite"  # by every cell that is not blank


BEGUN = (State.RUNNING, State.PAUSED, State.CANCELED, State.FINISHED)
_STATES = ", ".join(f"'{state}'" for state in State)


class Import(Base):
    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(f"state in ({_STATES})", name="state"),
        Index("ix_imports_open", "id", postgresql_where="finished_at is null"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    name: Mapped[Words]  # the file's
    size: Mapped[int]
    kind: Mapped[Words]
    encoding: Mapped[Words]
    delimiter: Mapped[Words]
    skipped: Mapped[int] = mapped_column(default=0)  # lines before the table
    has_header: Mapped[bool] = mapped_column(default=True)
    columns: Mapped[list[str]] = mapped_column(ARRAY(Text))
    mapping: Mapped[list[str]] = mapped_column(ARRAY(Text))  # for each column the field that it is, or nothing
    existing: Mapped[Words] = mapped_column(default=Existing.SKIP)
    options: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    processes: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)  # {word: how it is asked for}
    state: Mapped[Words] = mapped_column(default=State.UPLOADED)
    problem: Mapped[Words] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    read_to: Mapped[int] = mapped_column(default=0)  # the number of the last row that is stored
    moved_at: Mapped[Moment] = mapped_column(default=clock.now)
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    user: Mapped[User | None] = relationship()

    @property
    def dialect(self) -> Dialect:
        return Dialect(self.encoding, self.delimiter, skipped=self.skipped)

    @property
    def is_open(self) -> bool:
        """Whether its columns can still be changed."""
        return self.state in (State.UPLOADED, State.REFUSED, State.CHECKED)

    def keep(self, tx: Session, file: IO[bytes]) -> None:
        """Stores the file by the piece: whoever reads it has another disk."""
        place = 0
        while content := file.read(PIECE):
            tx.execute(insert(Piece).values(import_id=self.id, place=place, content=content))
            place += 1

    def sample(self, tx: Session) -> bytes:
        first = select(func.substring(Piece.content, 1, SAMPLE)).filter_by(import_id=self.id, place=0)
        return bytes(tx.scalar(first) or b"")

    def check(self, tx: Session, **said: Any) -> bool:
        """Reads its rows, with these columns, as often as somebody likes until it is run; False when it has been."""
        open_ = (State.UPLOADED, State.REFUSED, State.CHECKED)
        fresh = {"read_to": 0, "problem": "", "version": Import.version + 1, **said}
        return self._move(tx, open_, State.READING, **fresh)

    def refuse(self, tx: Session, problem: str) -> bool:
        return self._move(tx, (State.READING,), State.REFUSED, problem=problem)

    def run(self, tx: Session) -> bool:
        """True for the one caller who starts it."""
        return self._move(tx, (State.CHECKED,), State.RUNNING, started_at=clock.now())

    def pause(self, tx: Session) -> bool:
        return self._move(tx, (State.RUNNING,), State.PAUSED)

    def resume(self, tx: Session) -> bool:
        return self._move(tx, (State.PAUSED,), State.RUNNING)

    def cancel(self, tx: Session) -> bool:
        """What has been done stays; what is pending is not done."""
        return self._move(tx, (State.RUNNING, State.PAUSED), State.CANCELED)

    def remembered(self, tx: Session, columns: Sequence[str]) -> list[str] | None:
        """What this workspace last took the same columns for."""
        alike = select(Import.mapping).filter_by(workspace_id=self.workspace_id, kind=self.kind)
        alike = alike.where(Import.columns == list(columns), Import.started_at.is_not(None))
        return tx.scalar(alike.order_by(Import.id.desc()).limit(1))

    @classmethod
    def finish(cls, tx: Session) -> list[int]:
        """Ends what has no pending rows, and drops the file: its rows have all of it. The ids of what was ended."""
        ended = list(tx.scalars(_FINISH, {"now": clock.now()}))
        tx.execute(delete(Piece).where(Piece.import_id.in_(ended)))
        return ended

    @classmethod
    def forget(cls, tx: Session) -> None:
        """Drops what nobody has run for a month: one at a time, since each may have a million rows."""
        unrun = select(cls.id).where(cls.started_at.is_(None), cls.moved_at < clock.now() - KEPT_UNRUN)
        tx.execute(delete(cls).where(cls.id.in_(unrun.order_by(cls.id).limit(1))))

    @classmethod
    def stuck(cls, tx: Session) -> list[tuple[int, int]]:
        """Ids and versions of those whose reader has not moved for a minute: its job is lost."""
        still = select(cls.id, cls.version).where(cls.state == State.READING, cls.moved_at < clock.now() - OVERDUE)
        return [(number, version) for number, version in tx.execute(still)]

    @classmethod
    def going(cls, tx: Session, state: State) -> list[int]:
        return list(tx.scalars(select(cls.id).where(cls.state == state, cls.finished_at.is_(None)).order_by(cls.id)))

    def _move(self, tx: Session, before: Sequence[State], after: State, **changes: object) -> bool:
        row = update(Import).where(Import.id == self.id, Import.state.in_(before))
        moved = tx.execute(row.values(state=after, moved_at=clock.now(), **changes)).rowcount == 1  # type: ignore[attr-defined]
        tx.refresh(self)
        return moved


class Piece(Base):
    """A part of an uploaded file."""

    __tablename__ = "import_pieces"

    import_id: Mapped[int] = references("imports.id", primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def pieces(import_id: int) -> Iterator[bytes]:
    """The file, a piece at a time, each read in a transaction of its own."""
    place = 0
    while True:
        with transaction() as tx:
            content = tx.scalar(select(Piece.content).filter_by(import_id=import_id, place=place))
        if content is None:
            return
        yield bytes(content)
        place += 1


_FINISH = text("""
    update imports i set state = case when i.state = 'running' then 'finished' else i.state end, finished_at = :now
    where i.state in ('running', 'canceled') and i.finished_at is null
      and not exists (select from import_rows where import_id = i.id and state = 'pending')
    returning i.id
""")
