"""One row of an import, its receipt: what was given, what became of it and why, what it changed.

pending ─its job→ created | changed | unchanged | skipped | invalid | failed, each with its reason
   └ canceled          └────┴─the import is undone→ undone | kept, with what stays and why
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import IN_ORDER, Base
from models.imports.decision import Decision, Outcome
from models.types import Id, Words, references

CANCELED_AT_ONCE = 5_000


class State(StrEnum):
    PENDING = "pending"
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    INVALID = "invalid"
    FAILED = "failed"
    CANCELED = "canceled"
    UNDONE = "undone"
    KEPT = "kept"

    @classmethod
    def has_done(cls) -> tuple["State", ...]:  # of a row that changed something
        return cls.CREATED, cls.CHANGED


class Claimed(NamedTuple):
    """A row that this transaction, and no other, works on."""

    id: int
    import_id: int
    number: int
    cells: list[str]
    key: str
    left_out: str


_STATES = ", ".join(f"'{state}'" for state in State)


class ImportRow(Base):
    __tablename__ = "import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        CheckConstraint(f"state in ({_STATES})", name="state"),
        Index("ix_import_rows_import_id_state_id", "import_id", "state", "id"),
        Index("ix_import_rows_expected", "import_id", "forecast", "id", postgresql_where="state = 'pending'"),
        Index("ix_import_rows_import_id_verdict_id", "import_id", "verdict", "id", postgresql_where="verdict <> ''"),
        Index("ix_import_rows_making", "subject_id", postgresql_where="state = 'created'"),
        Index("ix_import_rows_keys", text("(import_id + 0)"), "key", "number", postgresql_where="key <> ''"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[int] = references("workspaces.id")
    import_id: Mapped[int] = references("imports.id")
    number: Mapped[int]  # as a spreadsheet counts, which begins with the line of names
    cells: Mapped[list[str]] = mapped_column(JSONB)
    key: Mapped[Words]  # whom it is about, in one form; blank when nobody can say
    state: Mapped[Words]
    forecast: Mapped[Words]  # the state it was expected to end in when it was checked
    reason: Mapped[Words]  # while it is pending, that of the forecast
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)  # {what: [before, after]}
    checks: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)  # {process: what it found}
    verdict: Mapped[Words] = mapped_column(default="")
    subject_id: Mapped[int | None] = mapped_column(BigInteger)  # what it created or changed
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def store(cls, tx: Session, workspace_id: int, import_id: int, rows: Iterable["Stored"]) -> None:
        file = io.StringIO()
        given = ((workspace_id, import_id, *row.columns()) for row in rows)
        csv.writer(file).writerows(given)
        file.seek(0)
        cursor: Any = tx.connection().connection.cursor()
        cursor.copy_expert(_COPY, file)
        cursor.close()

    @classmethod
    def first_of(cls, tx: Session, import_id: int, keys: Sequence[tuple[int, str]]) -> dict[int, int]:
        """`{number: the earlier row about the same}` of those that are not the first."""
        values = {"import": import_id, "numbers": [n for n, _ in keys], "keys": [key for _, key in keys]}
        return {number: first for number, first in tx.execute(_FIRST, values)}  # noqa: C416

    @classmethod
    def pending(cls, tx: Session, import_id: int, after: int, limit: int) -> list[int]:
        tx.execute(IN_ORDER)
        found = select(cls.id).filter_by(import_id=import_id, state=State.PENDING).where(cls.id > after)
        return list(tx.scalars(found.order_by(cls.id).limit(limit)))

    @classmethod
    def claim(cls, tx: Session, ids: Sequence[int]) -> list[Claimed]:
        """Those that are still pending, have been through every process, and whose import runs.

        Nobody else has them until this transaction ends.
        """
        return [Claimed(*row) for row in tx.execute(_CLAIM, {"ids": list(ids)})]

    @classmethod
    def settle(cls, tx: Session, decided: dict[int, Decision]) -> None:
        """Each ends in its state, once."""
        each = decided.values()
        values = {
            "ids": list(decided),
            "states": [decision.outcome for decision in each],
            "reasons": [decision.reason for decision in each],
            "changes": [orjson.dumps(decision.changes).decode() for decision in each],
            "subjects": [decision.subject_id for decision in each],
            "now": clock.now(),
        }
        tx.execute(_SETTLE, values)

    @classmethod
    def cancel(cls, tx: Session, import_id: int) -> int:
        """Cancels a page of what is pending of a canceled import; returns how many it was."""
        values = {"import": import_id, "now": clock.now(), "page": CANCELED_AT_ONCE}
        return len(tx.execute(_CANCEL, values).all())

    @classmethod
    def drop(cls, tx: Session, import_id: int) -> int:
        """A page of what an earlier check stored."""
        return len(tx.execute(_DROP, {"import": import_id, "page": CANCELED_AT_ONCE}).all())


class Stored(NamedTuple):
    """A row as it was read, with what is expected to become of it."""

    number: int
    cells: Sequence[str]
    key: str
    forecast: Outcome
    reason: str

    def columns(self) -> tuple[object, ...]:
        return self.number, orjson.dumps(self.cells).decode(), self.key, self.forecast, self.reason, "pending", "{}"


_COPY = """
    copy import_rows (workspace_id, import_id, number, cells, key, forecast, reason, state, changes)
    from stdin with (format csv, force_not_null (key, reason))
"""

# By any index but that of keys all of an import is read, as long as PostgreSQL's statistics say that it has no rows.
_FIRST = text("""
    select given.number, found.first
    from unnest(cast(:numbers as int[]), cast(:keys as text[])) as given(number, key) cross join lateral (
        select min(number) as first from import_rows
        where import_id + 0 = :import and key = given.key and key <> '' and number < given.number
    ) found where found.first is not null
""")

_CLAIM = text("""
    select r.id, r.import_id, r.number, r.cells, r.key,
           coalesce((select each->>'left_out' from jsonb_path_query(r.checks, '$.*') each
                     where each->>'left_out' <> '' limit 1), '')
    from import_rows r join imports i on i.id = r.import_id
    where r.id = any(:ids) and r.state = 'pending' and i.state = 'running'
      and r.checks ?& array(select jsonb_object_keys(i.processes))
    order by r.id for update of r skip locked
""")

_SETTLE = text("""
    update import_rows r
    set state = given.state, reason = given.reason, changes = given.changes, subject_id = given.subject_id,
        settled_at = :now
    from unnest(cast(:ids as bigint[]), cast(:states as text[]), cast(:reasons as text[]),
                cast(:changes as jsonb[]), cast(:subjects as bigint[]))
         as given(id, state, reason, changes, subject_id)
    where r.id = given.id and r.state = 'pending'
""")

_CANCEL = text("""
    with page as (
        select r.id from import_rows r join imports i on i.id = r.import_id
        where r.import_id = :import and r.state = 'pending' and i.state = 'canceled'
        order by r.id limit :page for update of r skip locked
    )
    update import_rows r set state = 'canceled', reason = 'the import was canceled', settled_at = :now
    from page where r.id = page.id returning r.id
""")

_DROP = text("""
    delete from import_rows where id in (select id from import_rows where import_id = :import limit :page) returning id
""")
