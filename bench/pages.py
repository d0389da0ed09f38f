"""Every page that there is, opened where N contacts subscribe, are on a list, were imported and got an edition.

The paths come from the routing table, with one of everything in them. Each is asked of a web server by the house's
owner, `TRIES` times: the median counts. The slowest of all is mostly that of a process that writes a page for the first
time, and so reads its templates.
"""

import argparse
import time
from collections import Counter
from dataclasses import replace
from statistics import median
from typing import Any, NamedTuple

import httpx
from lxml import html

from bench import measure, multitude
from bench.command import Report
from bench.stage import Stage, say, until

N = 1_000_000
TRIES = 5
LIMIT = 300.0  # ms
# Long lists as people ask for them, besides how they are at first.
ASKED = (
    "/contacts?sort=address",
    "/contacts?beginning=reader77",
    "/contacts?tag=vip",
    "/contacts?tag=nobody",
    "/publications/{publication}/subscribers?sort=address",
    "/publications/{publication}/subscribers?state=unsubscribed",
    "/publications/{publication}/subscribers?beginning=reader77",
    "/publications/{publication}/subscribers?tag=vip",
    "/lists/{list}?sort=address",
    "/deliveries?sort=oldest",
    "/deliveries?state=bounced",
    "/deliveries?kind=edition&source={past}&state=bounced",
    "/deliveries?recipient=reader77@readers.example",
    "/suppressions?sort=address",
    "/suppressions?beginning=barred77",
    "/imports/{imported}/rows?outcome=created",
    "/inbound-emails?state=processed",
    "/search?q=reader77",
    "/search?q=engine",
    "/segments/preview?query=tag+%3D+%22vip%22",
)


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    say(f"{n} contacts")
    place = multitude.settle_in(n)
    system.start("web")
    until(lambda: _answers(system.variables["BASE_URL"]), "the web server to answer")
    with httpx.Client(base_url=system.variables["BASE_URL"], timeout=60) as visitor:
        _arrive(visitor, place)
        found = {path: _opened(visitor, path) for path in _paths(place)}
    return {"name": "pages", "n": n, **_summed(found), **_answered(found)}


class Opened(NamedTuple):
    """A page, as it came several times: milliseconds, and the last status."""

    median: float
    slowest: float
    status: int


def _paths(place: Any) -> list[str]:
    """Of pages of ours, the edition being a draft and one that was sent."""
    from tests.web.routes import pages
    from web.app import create_app

    app = create_app()
    both = (place, replace(place, edition=place.past))
    paths = [path for each in both for _, method, path in pages(app, each) if method == "GET"]
    own = [path for path in paths if not path.startswith(("/static/", "/api/"))]
    return list(dict.fromkeys([*own, *(path.format(**vars(place)) for path in ASKED)]))


def _opened(visitor: httpx.Client, path: str) -> Opened:
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        status = visitor.get(path).status_code
        taken.append((time.perf_counter() - began) * 1000)
    opened = Opened(median(taken), max(taken), status)
    if opened.median > LIMIT:
        say(f"{opened.median:7.0f} ms {path}")
    return opened


def _summed(found: dict[str, Opened]) -> Report:
    slowest = sorted(found, key=lambda path: -found[path].median)
    return {
        "pages": len(found),
        **measure.percentiles([each.median / 1000 for each in found.values()]),
        "over_300_ms": sum(each.median > LIMIT for each in found.values()),
        "first_time_ms": round(max(each.slowest for each in found.values()), 1),
        "slowest_ms": {path: round(found[path].median, 1) for path in slowest[:15]},
    }


def _answered(found: dict[str, Opened]) -> Report:
    """How many pages had which status, and those that broke."""
    statuses = Counter(each.status for each in found.values())
    broken = [path for path, each in found.items() if each.status >= 500]
    return {"statuses": dict(sorted(statuses.items())), "broken": broken}


def _arrive(visitor: httpx.Client, place: Any) -> None:
    from tests.web import houses

    link = f"/sign-in/{houses.link(place.owner)}"
    page = html.fromstring(visitor.get(link).text)
    visitor.post(link, data={"csrf_token": page.xpath("string(//input[@name='csrf_token']/@value)")})
    assert visitor.get("/").status_code == 200


def _answers(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/health").status_code < 500
    except httpx.TransportError:
        return False
