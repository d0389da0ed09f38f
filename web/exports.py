"""The ledger as a file, a line for each recipient, however many there are.

It is written while it is read, a page at a time: each page is a transaction of its own, and no more than one page is in
memory. Pages go by a column that never changes, so nobody is left out or comes twice while states move on.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response
from sqlalchemy import Row, Select

from models.db import transaction
from models.delivery import Delivery

SIZE = 5_000  # rows of a page
COLUMNS = (
    "id", "recipient", "kind", "source_id", "state", "reason", "attempts", "stream", "provider_id", "created_at",
    "claimed_at", "sent_at", "settled_at",
)  # fmt: skip
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def ledger(found: Select[Any], by: str, name: str) -> Response:
    """An answer that streams the deliveries of `found`, in the order of the unique column `by`."""
    columns = found.with_only_columns(*(getattr(Delivery, column) for column in COLUMNS))
    told = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(_lines(columns, by), content_type="text/csv; charset=utf-8", headers=told)


def _lines(columns: Select[Any], by: str) -> Iterator[str]:
    yield text([COLUMNS])
    for page in _pages(columns, by):
        yield text([cell(value) for value in row] for row in page)


def _pages(columns: Select[Any], by: str) -> Iterator[list[Row[Any]]]:
    key = getattr(Delivery, by)
    rest = ordered = columns.order_by(key).limit(SIZE)
    while True:
        with transaction() as tx:
            page = list(tx.execute(rest).all())
        yield page
        if len(page) < SIZE:
            return
        rest = ordered.where(key > getattr(page[-1], by))


def text(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def cell(value: object) -> str:
    """What a cell of a file says.

    Spreadsheets calculate what begins like a formula: owasp.org/www-community/attacks/CSV_Injection.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    words = "" if value is None else str(value)
    return f"'{words}" if isinstance(value, str) and words.startswith(_ACTS) else words
