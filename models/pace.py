"""How long something that goes by the page will take."""

from datetime import datetime

from models import clock

LEAST = 2.0  # seconds, before which nobody can say


def seconds_left(began: datetime, done: int, total: int) -> int | None:
    """By its pace since it began; None while nobody can say, or when nothing is left."""
    passed = (clock.now() - began).total_seconds()
    if not done or done >= total or passed < LEAST:
        return None
    return round(passed * (total - done) / done)
