"""The demo's newsletter: an edition written in Markdown, sent to a thousand people or to a hundred thousand."""

from collections.abc import Callable
from time import monotonic, sleep

import requests
from lxml import html
from sqlalchemy import select

from config import settings
from emails.writing import drafts
from jobs.editions import address_edition
from jobs.tick import tick
from local import readers
from local.cast import OWNER
from models.db import transaction
from models.edition import Edition
from models.progress import Progress
from models.publication import Publication
from models.revision import Manner, Revision
from models.sign_in import SignIn
from models.traces.results import Who
from models.user import User
from models.workspace import Workspace

PAGE = 5_000
NOTES = "https://northwind.example/notes"
CONSENT = "signed up at the fair, on the list that lay there"
SUBJECT = "What we built this week"
BODY = """# Hello {{ first_name | default("there") }}

The **tape reader** is back, and the loader runs on the new machine.
[The notes](https://northwind.example/notes) tell how.

- A moth was found in relay 70
- The import page is out

> Imagination is the discovering faculty.
"""
PATIENCE = 600.0  # seconds


def play(people: int, say: Callable[[str], None]) -> dict[str, object]:
    """Writes an edition, sends it to so many people, and opens its page. Counted from the ledger, in milliseconds."""
    say(f"\nA newsletter to {people:,} people\n")
    number = _written(people)
    started = monotonic()
    _publish(number)
    progress = _sent(number, say)
    seconds = monotonic() - started
    read = readers.read(number, NOTES)
    page = _page_opens_in(f"/editions/{number}")
    say(f"  {progress.audience:,} = " + " + ".join(f"{count:,} {state}" for state, count in progress.states.items()))
    say(f"  sent in {seconds:.1f} s, and its page opens in {page:.0f} ms")
    say(f"  of the latest few hundred, {_by_whom(read.opens)} opened it, and {_by_whom(read.clicks)} clicked")
    return {
        "readers": progress.audience,
        "reached": progress.states.get("sent", 0) + progress.states.get("delivered", 0),
        "balances": progress.balances and read.balances,
        "opens": read.opens._asdict(),
        "clicks": read.clicks._asdict(),
        "sent_in": round(seconds, 1),
        "page_ms": round(page),
    }


def _written(people: int) -> int:
    """The draft, with its readers: the id of the edition."""
    with transaction() as tx:
        place = tx.scalars(select(Workspace)).one()
        publication = Publication(workspace=place, name="Northwind Notes", tracks=True)
        tx.add(publication)
        tx.flush()
        number = publication.id
    for first in range(0, people, PAGE):
        readers = {f"reader{n}@readers.example": f"Reader {n}" for n in range(first, min(first + PAGE, people))}
        with transaction() as tx:
            tx.get_one(Publication, number).subscribe(tx, readers, consent=CONSENT)
    return _drafted(number)


def _drafted(publication_id: int) -> int:
    with transaction() as tx:
        publication = tx.get_one(Publication, publication_id)
        owner = User.called(tx, OWNER)
        about = {"workspace_id": publication.workspace_id, "publication_id": publication.id}
        edition = Edition(subject=SUBJECT, html="", text="", **about)
        tx.add(edition)
        tx.flush()
        words = {
            "subject": SUBJECT,
            "preheader": "The tape reader is back",
            "format": "markdown",
            "body": BODY,
            "plain": "",
        }
        Revision.save(tx, edition, since=0, user_id=owner.id, manner=Manner.SAVED, **words)
        return edition.id


def _publish(number: int) -> None:
    with transaction() as tx:
        edition = tx.get_one(Edition, number)
        drafts.settle(tx, edition)
        edition.publish(tx)
    address_edition.later(number)


def _sent(number: int, say: Callable[[str], None]) -> Progress:
    """Waits until everybody's copy has been handed over, and tells how far it is."""
    deadline, told = monotonic() + PATIENCE, monotonic()
    while (progress := _progress(number)).state != "sent":
        if monotonic() > deadline:
            raise TimeoutError("the edition does not end; .local/demo/output.log says why")
        if monotonic() - told > 5:
            told = monotonic()
            say(f"  {progress.percent} % handed over, {progress.per_second:,.0f} a second")
        sleep(0.1)
    tick.later()
    return progress


def _progress(number: int) -> Progress:
    with transaction() as tx:
        return Progress.of(tx, number)


def _by_whom(who: Who) -> str:
    return f"{who.person} people and {who.machine} machines"


def _page_opens_in(path: str) -> float:
    """For the owner, signed in as people are: the quickest of three, in milliseconds."""
    web, base = requests.Session(), settings.base_url or ""
    with transaction() as tx:
        asked = SignIn.ask(tx, User.called(tx, OWNER))
    assert asked
    link = f"{base}/sign-in/{asked.token}"
    form = html.fromstring(web.get(link, timeout=10).content)
    token = form.xpath("//input[@name='csrf_token']/@value")[0]
    web.post(link, data={"csrf_token": token}, timeout=10).raise_for_status()
    return min(_opened(web, base + path) for _ in range(3))


def _opened(web: requests.Session, url: str) -> float:
    answer = web.get(url, timeout=30)
    answer.raise_for_status()
    return answer.elapsed.total_seconds() * 1_000
