"""The ledger as a file, a line for each recipient, however many there are.

It is written while it is read, a page at a time: each page is a transaction of its own, and no more than one page is in
memory. Pages go by a column that never changes, so nobody is left out or comes twice while states move on.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response
from sqlalchemy import Select

from models.db import transaction
from models.delivery import Delivery
from models.exports.cells import harmless

SIZE = 5_000  # rows of a page
COLUMNS = (
    "id", "recipient", "kind", "source_id", "state", "reason", "attempts", "stream", "provider_id", "created_at",
    "claimed_at", "sent_at", "settled_at",
)  # fmt: skip


def ledger(found: Select[Any], by: str, name: str) -> Response:
    """An answer that streams the deliveries of `found`, in the order of the unique column `by`."""
    columns = [getattr(Delivery, column) for column in COLUMNS]
    told = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    lines = _lines(found, columns, getattr(Delivery, by))
    return Response(lines, content_type="text/csv; charset=utf-8", headers=told)


def _lines(found: Select[Any], columns: list[Any], key: Any) -> Iterator[str]:
    yield text([COLUMNS])
    for page in _pages(found.with_only_columns(*columns, key), key):
        yield text([harmless(value) for value in row[:-1]] for row in page)


def _pages(columns: Select[Any], key: Any) -> Iterator[list[tuple[Any, ...]]]:
    """The key is the last column."""
    rest = ordered = columns.order_by(key).limit(SIZE)
    while True:
        with transaction() as tx:
            page = [tuple(row) for row in tx.execute(rest)]
        yield page
        if len(page) < SIZE:
            return
        rest = ordered.where(key > page[-1][-1])


def text(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()
