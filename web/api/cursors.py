"""A page of a list, the same for every list: `?cursor=` takes what `next` says, `?limit=` how many at most.

By id, so that the last page is as quick as the first, and nobody is skipped or seen twice while others come.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, request
from sqlalchemy import Select
from sqlalchemy.orm import Session

from web.api.shapes import Shape

USUAL, MOST = 50, 100

QUERY: dict[str, Shape] = {
    "cursor": {"type": "string", "pattern": "^[0-9]{1,18}$"},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST},
}


def page(tx: Session, noun: str, found: Select[Any], number: Any, told: Callable[[Any], Any]) -> Response:
    """Newest first; `number` is the id column."""
    cursor, size = request.args.get("cursor"), limit()
    below = found.where(number < int(cursor)) if cursor else found
    rows = tx.scalars(below.order_by(number.desc()).limit(size + 1)).all()
    return sheet(
        noun, [told(each) for each in rows[:size]], getattr(rows[size - 1], number.key) if len(rows) > size else None
    )


def sheet(noun: str, rows: list[Any], last: int | None) -> Response:
    """last: the id of the last row, where there are more."""
    return jsonify({noun: rows, "next": str(last) if last is not None else None})


def limit() -> int:
    return int(request.args.get("limit", USUAL))
