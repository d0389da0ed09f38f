"""What time it is. Every room asks here, so that a development machine or a test can move everybody's clock at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from config import settings


def now() -> datetime:
    """The current moment, in UTC; moved by the number of seconds in `CLOCK_FILE` where one is set."""
    return datetime.now(UTC) + (moved_by() if settings.clock_file else timedelta(0))


def moved_by() -> timedelta:
    try:
        return timedelta(seconds=float(Path(settings.clock_file or "").read_text() or 0))
    except FileNotFoundError:
        return timedelta(0)


def move_to(moment: datetime) -> None:
    """Moves the clock of every process that shares the file; raises `RuntimeError` where there is none."""
    if not settings.clock_file:
        raise RuntimeError("CLOCK_FILE is not set: this clock cannot be moved")
    file = Path(settings.clock_file)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(str((moment - datetime.now(UTC)).total_seconds()))
    fresh.replace(file)
