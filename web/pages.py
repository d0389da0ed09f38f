"""One page of a long list, newest first: by id, so that the hundred-thousandth page is as quick as the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select
from sqlalchemy.orm import Session

Row = TypeVar("Row")

SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    is_first: bool
    older: int | None  # `before=` of the next page

    @classmethod
    def of(cls, tx: Session, found: Select[Any], number: Any) -> "Page[Row]":
        """The rows of `found` from below the `before` that the address names; `number` is the id column."""
        last = before()
        below = found.where(number < last) if last else found
        rows = tx.scalars(below.order_by(number.desc()).limit(SIZE + 1)).all()
        return cls(rows[:SIZE], last is None, getattr(rows[SIZE - 1], number.key) if len(rows) > SIZE else None)


def before() -> int | None:
    """The number that the address names, from below which a page begins."""
    wanted = request.args.get("before", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
