"""Days and spans asked of a moment. A day is one of UTC's."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from models.segments.conditions import Comparison, Span


def at(moment: Any, test: Comparison, now: datetime) -> ColumnElement[bool]:
    """Null where the moment is."""
    if isinstance(test.value, Span):
        return and_(moment > now - test.value.length, moment <= now)
    if not isinstance(test.value, date):
        raise TypeError(test)
    begin = datetime.combine(test.value, time(), UTC)
    end = begin + timedelta(days=1)
    asked: dict[str, ColumnElement[bool]] = {
        "<": moment < begin,
        "<=": moment < end,
        "=": and_(moment >= begin, moment < end),
        ">=": moment >= begin,
        ">": moment >= end,
    }
    return asked[test.sign]
