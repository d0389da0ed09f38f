"""What all pages are made with: the templates, their filters, and an answer that lets nothing foreign in."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sandbox.exchange import Answer, Request, html_answer
from sandbox.server import Server

FOLDER = Path(__file__).parent
POLICY = b"default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'"
PAGE = 50


def page(server: Server, template: str, status: int = 200, **values: Any) -> Answer:
    html = _environment.get_template(template).render(server=server, faults=sorted(server.faults.active), **values)
    answer = html_answer(html, status)
    answer.headers += [(b"content-security-policy", POLICY), (b"cache-control", b"no-store")]
    return answer


def page_number(request: Request) -> int:
    given = request.query.get("page", "1")
    return max(1, int(given)) if given.isdecimal() else 1


def _ago(at: float) -> str:
    """`now`, `4 min`, `3 h`, then the date."""
    seconds = max(0, time.time() - at)
    if seconds < 60:
        return "now" if seconds < 5 else f"{int(seconds)} s"
    if seconds < 86400:
        return f"{int(seconds // 60)} min" if seconds < 3600 else f"{int(seconds // 3600)} h"
    return f"{datetime.fromtimestamp(at, UTC):%-d %b}"


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%a %-d %b %Y, %H:%M:%S} UTC"


_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"ago": _ago, "moment": _moment}
