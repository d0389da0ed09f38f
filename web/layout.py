"""How moments, numbers and states read on every page."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, g, url_for
from markupsafe import Markup

from config import settings
from models import clock, local_time
from models.brand import Brand
from web.looks import looks

FAR = timedelta(days=300)
GOOD = (
    "sent",
    "delivered",
    "processed",
    "idle",
    "busy",
    "done",
    "created",
    "changed",
    "finished",
    "undone",
    "deliverable",
)
BAD = ("bounced", "complained", "failed", "invalid", "refused", "undeliverable")


def attach(app: Flask) -> None:
    app.add_template_filter(moment)
    app.add_template_filter(short)
    app.add_template_filter(day)
    app.add_template_filter(number)
    app.add_template_filter(duration)
    app.add_template_filter(tone)
    app.add_template_filter(calendar)
    app.add_template_filter(Brand.of, "brand")
    app.add_template_global(looks)
    app.add_template_global(asset)
    app.add_template_global(zones)
    app.context_processor(lambda: {"in_production": settings.in_production})


def asset(filename: str) -> str:
    """A file of ours under an address that changes when it does."""
    content = Path(current_app.static_folder or "", filename).read_bytes()
    return url_for("static", filename=filename, v=sha256(content).hexdigest()[:12])


def moment(at: datetime | None, zone: str = "") -> str:
    """To the minute, in the visitor's own zone unless another is told; the second is in its title, and for programs."""
    own = _own_zone()
    named = zone or own or "UTC"
    after = "" if named == own else f" {named}"
    return _time(at.astimezone(local_time.zone(named)), "%-d %b %Y, %H:%M", after, named) if at else ""


def short(at: datetime | None) -> str:
    """For tables, whose heading names the zone: UTC. Of what is long ago, the year instead of the hour."""
    form = "%-d %b %Y" if at and abs(clock.now() - at) > FAR else "%-d %b %H:%M"
    return _time(at.astimezone(UTC), form, "", "UTC") if at else ""


def day(at: date) -> str:
    return f"{at:%A, %-d %B %Y}"


def calendar(at: datetime) -> str:
    """For readers, who do not ask for the hour."""
    return f"{at.astimezone(UTC):%-d %B %Y}"


def number(count: int) -> str:
    return f"{count:,}"


def duration(seconds: int) -> str:
    """As coarse as it is uncertain."""
    minutes = round(seconds / 60)
    hours = f"{minutes // 60} h {minutes % 60} min"
    return f"{seconds} s" if seconds < 90 else f"{minutes} min" if minutes < 90 else hours


def tone(state: str) -> str:
    """A class for the stylesheet: how a state is to be taken."""
    return "good" if state in GOOD else "bad" if state in BAD else "neutral"


def _own_zone() -> str:
    """What the visitor has chosen, or their browser said; blank for strangers."""
    seen = g.get("visitor")
    return seen.user.zone if seen else ""


def _time(at: datetime, form: str, after: str, zone: str) -> Markup:
    whole = f"{at:%-d %b %Y, %H:%M:%S} {zone}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), whole, f"{at:{form}}{after}")


def zones() -> list[str]:
    """What people choose from: cities, not the database's old names."""
    return ["UTC", *sorted(name for name in local_time.zones() if "/" in name and not name.startswith("Etc/"))]
