"""The demo's readers of an edition: people open it and click, Apple Mail fetches it, a scanner follows its links."""

from datetime import timedelta
from time import monotonic, sleep
from typing import Any, NamedTuple

from lxml import html
from sqlalchemy import select

from local import mailbox
from models import clock
from models.db import transaction
from models.edition import Edition
from models.traces.results import Results, Who

OPENING, CLICKING, FETCHING, SCANNING = 120, 40, 60, 10  # of the latest few hundred copies
APPLE = "Mozilla/5.0"  # all that Apple Mail says of itself
PATIENCE = 300.0  # seconds: of a hundred thousand, every arrival is told of first


class Read(NamedTuple):
    """What was counted of it, and whether that is what they did."""

    opens: Who
    clicks: Who
    balances: bool


def read(edition_id: int, link: str) -> Read:
    """People click `link`. Returns when all of it is counted, or has not been for too long."""
    copies = mailbox.messages(tag="edition")
    people, rest = copies[:OPENING], copies[OPENING:]
    for copy in people:
        _do(copy, "open", minutes=2)
    for copy in people[:CLICKING]:
        _do(copy, "click", minutes=3, link=link)
    for copy in rest[:FETCHING]:
        _do(copy, "open", minutes=1, agent=APPLE)
    scanned = rest[FETCHING:][:SCANNING]
    for copy in scanned:
        _scan(copy)
    opened, clicked = Who(len(people), 0, len(rest[:FETCHING])), Who(len(people[:CLICKING]), 0, len(scanned))
    deadline = monotonic() + PATIENCE
    while not (found := _counted(edition_id, opened, clicked)).balances and monotonic() < deadline:
        sleep(0.2)
    return found


def _scan(copy: dict[str, Any]) -> None:
    """All of its links within a second or two, the one that nobody can see among them."""
    for place, link in enumerate(html.fromstring(copy["HtmlBody"]).xpath("//a[starts-with(@href, 'http')]/@href")):
        _do(copy, "click", minutes=0.5 + place / 60, link=str(link))


def _do(copy: dict[str, Any], what: str, *, minutes: float, **how: str) -> None:
    at = clock.now() + timedelta(minutes=minutes)
    mailbox.post(f"/sandbox/messages/{copy['id']}/{what}", json={"at": at.isoformat(), **how})


def _counted(edition_id: int, opened: Who, clicked: Who) -> Read:
    with transaction() as tx:
        found = Results.of(tx, [tx.scalars(select(Edition).filter_by(id=edition_id)).one()])[0]
    return Read(found.opens, found.clicks, (found.opens, found.clicks) == (opened, clicked))
