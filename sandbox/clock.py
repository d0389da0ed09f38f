"""Times as Postmark writes them: seven fractional digits, UTC in webhooks, US Eastern in searches."""

from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")


def utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f0Z")


def eastern(at: float) -> str:
    moment = datetime.fromtimestamp(at, EASTERN)
    offset = moment.strftime("%z")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f0") + f"{offset[:3]}:{offset[3:]}"


def mail_date(at: float) -> str:
    """RFC 2822, for the Date header of a message."""
    return format_datetime(datetime.fromtimestamp(at, UTC))


def parse_eastern(text: str) -> float | None:
    """Epoch seconds of a `fromdate`/`todate` parameter (`2026-11-05` or `2026-11-05T12:00:00`); None if unreadable."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=EASTERN)).timestamp()
