"""A file that becomes rows, and what was said about it.

    uploaded ─check→ reading ─all rows stored→ checked ─run→ running ─nothing pending→ finished
                        └ it is no table→ refused                ├ pause ⇄ resume
                                                                 └ cancel→ canceled
    finished | canceled ─undo→ undoing ─nothing left to take back→ undone

A check may be asked for again, with other columns: that is another `version`, and what reads for an older one stops.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import IO, Any

from sqlalchemy import CheckConstraint, DateTime, Index, Text, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.imports.dialect import Dialect
from models.imports.piece import PIECE, Piece
from models.types import CreatedAt, Id, Moment, Words, WorkspaceId, references
from models.user import User

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
    UNDOING = "undoing"
    UNDONE = "undone"


class Existing(StrEnum):
    """What happens to those who are here already."""

    SKIP = "skip"
    FILL = "fill"  # only what is blank
    OVERWRITE = "overwrite"  # by every cell that is not blank


ENDED = (State.FINISHED, State.CANCELED)
OPEN = (State.UPLOADED, State.REFUSED, State.CHECKED)
UNDERWAY = "state not in ('refused', 'canceled', 'finished', 'undone')"
_STATES = ", ".join(f"'{state}'" for state in State)


class Import(Base):
    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(f"state in ({_STATES})", name="state"),
        Index("ix_imports_open", "id", postgresql_where="finished_at is null"),
        Index("ix_imports_underway", "workspace_id", "id", postgresql_where=UNDERWAY),
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
    sheet: Mapped[Words] = mapped_column(default="")  # of a workbook
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
        return Dialect(self.encoding, self.delimiter, skipped=self.skipped, sheet=self.sheet)

    @property
    def is_open(self) -> bool:
        """Whether its columns can still be changed."""
        return self.state in OPEN

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
        fresh = {"read_to": 0, "problem": "", "version": Import.version + 1, **said}
        return self._move(tx, OPEN, State.READING, **fresh)

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

    def undo(self, tx: Session) -> bool:
        """From now on what it created and changed goes back; False while it runs, and when it has been undone."""
        Import.finish(tx)
        tx.refresh(self)
        ended = self.finished_at is not None
        return ended and self._move(tx, ENDED, State.UNDOING, finished_at=None)

    def remembered(self, tx: Session, columns: Sequence[str]) -> list[str] | None:
        """What this workspace last took the same columns for."""
        alike = select(Import.mapping).filter_by(workspace_id=self.workspace_id, kind=self.kind)
        alike = alike.where(Import.columns == list(columns), Import.started_at.is_not(None))
        return tx.scalar(alike.order_by(Import.id.desc()).limit(1))

    @classmethod
    def finish(cls, tx: Session) -> list[int]:
        """Ends what has no rows left to work on, and drops its file, which its rows have. The ids of what was ended."""
        ended = list(tx.scalars(_FINISH, {"now": clock.now()}))
        tx.execute(delete(Piece).where(Piece.import_id.in_(ended)))
        return ended

    @classmethod
    def forget(cls, tx: Session) -> list[int]:
        """Cancels what nobody has run for a month; the ids of those that are to be dropped, rows and all."""
        unrun = (cls.started_at.is_(None), cls.moved_at < clock.now() - KEPT_UNRUN)
        tx.execute(
            update(cls).where(*unrun, cls.finished_at.is_(None)).values(state=State.CANCELED, finished_at=clock.now())
        )
        return list(tx.scalars(select(cls.id).where(*unrun, cls.state == State.CANCELED)))

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


_FINISH = text("""
    update imports i set finished_at = :now,
           state = case i.state when 'running' then 'finished' when 'undoing' then 'undone' else i.state end
    where i.state in ('running', 'canceled', 'undoing') and i.finished_at is null
      and not exists (
          select from import_rows where import_id = i.id
          and state = any(case i.state when 'undoing' then array['created', 'changed'] else array['pending'] end))
    returning i.id
""")
