"""Drafts looked at as they are saved, and their links followed, a few at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from emails.checking import inspecting
from emails.checking.visiting import visit
from emails.writing.draft import Unwritable
from jobs.door import job
from jobs.modest import modest_transaction
from models.edition import Edition
from models.finding import Finding
from models.inspection import Inspection

AT_ONCE = 4
PAGE = 8  # links of one job


@job(queue="low", timeout=120)
def look_at(edition_id: int) -> None:
    """A draft as it is now, unless somebody has: of ten that were enqueued as it was typed, one finds work."""
    with modest_transaction() as tx:
        edition = tx.get(Edition, edition_id)
        if edition is None or not edition.is_draft:
            return
        with suppress(Unwritable):  # its looks or snippets have changed meanwhile: its page says so
            inspecting.inspect(tx, edition)
    follow_links.later(edition_id)


@job(queue="low", timeout=600)
def follow_links(edition_id: int) -> None:
    """Follows a page of what has not been followed yet, and enqueues the next. A repeat finds less to do."""
    with modest_transaction() as tx:
        waiting = Finding.pending(tx, edition_id, PAGE)
    with ThreadPoolExecutor(AT_ONCE) as visitors:
        list(visitors.map(_follow, waiting.items()))
    if len(waiting) == PAGE:
        follow_links.later(edition_id)


@job(queue="low", timeout=60)
def sweep_inspections() -> None:
    """Takes up those whose job was lost."""
    with modest_transaction() as tx:
        lost = Inspection.half_done(tx)
    follow_links.later_each(lost)


def _follow(link: tuple[int, str]) -> None:
    """Told as it comes, for whoever watches."""
    number, url = link
    found = visit(url)
    with modest_transaction() as tx:
        Finding.settle(tx, number, found)
