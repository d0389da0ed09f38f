"""How somebody takes part in a team, in the words that a receipt has for it."""

from collections.abc import Iterable
from datetime import time
from typing import Any


def shown(seat: Any) -> dict[str, str]:
    """Of a seat, or a row with the columns of one."""
    return {
        "asked at": hour(seat.reminder_hour),
        "digest at": hour(seat.digest_hour),
        "working days": days(seat.working_days),
        "zone": seat.zone,
    }


def hour(hour: time | None) -> str:
    return f"{hour:%H:%M}" if hour else ""


def days(days: Iterable[int] | None) -> str:
    return " ".join(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day] for day in days or ())
