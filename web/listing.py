"""A page of a long list in an order that somebody chose, by key: the hundred-thousandth is as quick as the first.

The address has it all: `sort` is a word among those that the list offers, `after` is where the page begins. Each order
ends with something unique, so that rows that are equal otherwise keep their places, and has an index that gives it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, or_, tuple_
from sqlalchemy.orm import Session

from web.fields import one_line

Row = TypeVar("Row")

SIZE = 50
MOST_TICKED = 1_000  # a page has fewer


@dataclass(frozen=True)
class Sort:
    """What rows are ordered by: columns that are never null, the last of them unique, all up or all down."""

    label: str
    columns: tuple[Any, ...]
    down: bool = False


@dataclass(frozen=True)
class Listing(Generic[Row]):
    rows: Sequence[Row]
    sorts: Mapping[str, Sort]
    sort: str  # the word of the one that holds
    is_first: bool
    after: str | None  # of the next page

    @classmethod
    def of(cls, tx: Session, found: Select[Any], sorts: Mapping[str, Sort]) -> "Listing[Row]":
        """The rows of `found`, an entity each, from where the address says. The first of `sorts` is the usual one."""
        word = request.args.get("sort", "")
        word = word if word in sorts else next(iter(sorts))
        columns, start = sorts[word].columns, _read(request.args.get("after", ""), sorts[word])
        ordered = found.order_by(*(column.desc() if sorts[word].down else column for column in columns))
        if start:
            key = tuple_(*columns)
            ordered = ordered.where(key < tuple_(*start) if sorts[word].down else key > tuple_(*start))
        rows = tx.execute(ordered.add_columns(*columns).limit(SIZE + 1)).all()
        more = _written(rows[SIZE - 1][-len(columns) :]) if len(rows) > SIZE else None
        return cls([row[0] for row in rows[:SIZE]], sorts, word, start is None, more)

    @property
    def told(self) -> dict[str, Any]:
        """For an address: nothing for the usual order."""
        return {} if self.sort == next(iter(self.sorts)) else {"sort": self.sort}


def by_number(column: Any) -> Mapping[str, Sort]:
    """Newest first, or oldest: by the id that rows were given as they came."""
    return {"newest": Sort("newest first", (column,), down=True), "oldest": Sort("oldest first", (column,))}


def by_name(noun: Any) -> Mapping[str, Sort]:
    """Of what has a name that no other in the workspace has."""
    return {"name": Sort("by name", (noun.name,)), **by_number(noun.id)}


def words() -> str:
    """What names are asked to contain, as the address says: `?words=`."""
    return one_line(request.args.get("words"))


def called(found: Select[Any], *columns: Any) -> Select[Any]:
    """Those of them that have these words in one of the columns."""
    return found.where(or_(*(column.icontains(words(), autoescape=True) for column in columns))) if words() else found


def ticked() -> list[int]:
    """The numbers of the rows that somebody ticked, of a page at most."""
    given = request.form.getlist("row")[:MOST_TICKED]
    return [int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 19]


def _written(key: Sequence[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in key]
    return urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _read(text: str, sort: Sort) -> list[Any] | None:
    """The key; None for one that is no key of this order, which begins at the beginning."""
    try:
        plain = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        kinds = [column.type.python_type for column in sort.columns]
        return [_typed(value, kind) for value, kind in zip(plain, kinds, strict=True)]
    except (ValueError, TypeError, RecursionError):
        return None


def _typed(value: Any, kind: type) -> Any:
    """Raises `ValueError` for what is not of that kind, or is no value of PostgreSQL's."""
    given = datetime.fromisoformat(value) if kind is datetime else value
    small = not isinstance(given, int) or abs(given) < 2**63
    whole = not isinstance(given, str) or "\0" not in given
    fits = type(given) is kind and small and whole
    if not fits:
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return given
