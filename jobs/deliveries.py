"""Deliveries on their way: claim, compose, send, record. Many at once, each a job of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from time import time
from typing import Any

from sqlalchemy.orm import Session

from config import settings
from emails import answers, mails, postmark
from emails.letter import Letter
from jobs import counting
from jobs.door import job, queue_named
from models import flow, sending
from models.db import transaction
from models.delivery import Delivery, State
from models.sending import Claimed, Outcome
from models.stream import Stream, Weather
from models.suppression import Suppression

# Which kinds of mail go through which queue: nobody waits for a newsletter to be let in.
QUEUES = {
    "high": ("sign_in", "security"),
    "default": (
        *("invitation", "reminder", "digest", "rejection", "pause"),
        *(
            "opt_in",
            "receipt",
            "confirmation",
            "command",
            "notice",
            "comment",
            "forwarding",
            "trial",
            "setback",
            "welcome",
        ),
    ),
    "mailers": ("edition",),
}
PAGE = 1_800  # deliveries enqueued at a time: a queue never holds much more than two pages of them (5 MB of Redis)
COMPOSING_FAILS_AFTER = 5  # attempts


class TookTooLong(Exception):
    """A machine that slept after its claim must not send what the sweep has given to others meanwhile."""


@job(queue="default", timeout=settings.stale_after * 3 // 4, chunk=500)
def send_delivery(ids: list[int]) -> list[BaseException | None]:
    """Sends those of the deliveries that are still queued. A repeat, or a job for a row long settled, does nothing."""
    with transaction() as tx:
        admitted = flow.admit(tx, ids)
        claimed = sending.claim(tx, admitted.ids)
        about = mails.load(tx, claimed)
    failures: dict[int, Exception] = {}
    outcomes = _send(claimed, _compose(claimed, about, failures), failures)
    waits: dict[str, float] = {}
    if claimed or admitted.probed:
        with transaction() as tx:
            sending.record(tx, claimed[0].batch_id if claimed else "", outcomes)
            _suppress(tx, claimed, outcomes)
            waits = flow.hear(tx, claimed, outcomes, admitted.probed)
        counting.add({"sent": sum(outcome.state == State.SENT for outcome in outcomes)})
    for limited in admitted.limited:
        reopen.later_in(0, limited)
    for stream, wait in waits.items():
        reopen.later_in(wait, stream) if wait else reopen.later(stream)
    return [failures.get(number) for number in ids]


@job(queue="default", timeout=120)
def feed(queue: str, after: int = 0) -> None:
    """Enqueues a page of what waits to be sent through `queue`, and itself in the middle of the page.

    So the next page comes when half of this one is gone, and a queue never holds a whole newsletter. What waits for a
    stream that is not simply open is none of it: that comes by `reopen`.
    """
    with transaction() as tx:
        ids = Delivery.due(tx, QUEUES[queue], after=after, limit=PAGE)
        restricted = Stream.restricted(tx) if not after else []
    reopen.later_each(restricted)
    send_delivery.later_each(ids[: PAGE // 2], queue=queue)
    if len(ids) == PAGE:
        feed.later(queue, ids[-1], queue=queue)
    send_delivery.later_each(ids[PAGE // 2 :], queue=queue)


@job(queue="high", timeout=60)
def reopen(name: str) -> None:
    """Enqueues what a stream that was shut, or is limited, takes at this moment; the most urgent kinds first.

    A limited one comes again every second while anything waits, and one that is still held when its hold ends.
    """
    with transaction() as tx:
        stream = Stream.named(tx, name)
        room, wait = stream.room(), stream.wait()
        pages = _most_urgent(tx, name, room) if room is not None else {}
    if room is None:
        _feed_all()
    for queue, ids in pages.items():
        send_delivery.later_each(ids, queue=queue)
    if wait or (stream.most_per_second and any(pages.values())):
        reopen.later_in(wait or 0, name)


def nudge(kind: str, ids: Sequence[int]) -> None:
    """Gets freshly addressed deliveries going, the first page directly and the rest by feeding."""
    queue = queue_of(kind)
    send_delivery.later_each(ids[:PAGE], queue=queue)
    if len(ids) > PAGE:
        feed.later(queue, ids[PAGE - 1], queue=queue)


def has_room(kind: str) -> bool:
    """Whether the queue for mail of this kind takes another page."""
    return queue_named(queue_of(kind)).count < PAGE


def hungry() -> list[str]:
    """Queues that are short: whatever still waits in the database can come now."""
    return [queue for queue in QUEUES if queue_named(queue).count < PAGE // 10]


def queue_of(kind: str) -> str:
    return next(queue for queue, kinds in QUEUES.items() if kind in kinds)


def _feed_all() -> None:
    """The first queue here and now, so that its mails are before all others."""
    first, *others = QUEUES
    feed(first)
    for queue in others:
        feed.later(queue, queue=queue)


def _most_urgent(tx: Session, stream: str, room: int) -> dict[str, list[int]]:
    pages: dict[str, list[int]] = {}
    for queue, kinds in QUEUES.items():
        pages[queue] = Delivery.due(tx, kinds, stream=stream, limit=room)
        room -= len(pages[queue])
    return pages


def _compose(claimed: Sequence[Claimed], about: Mapping[int, Any], failures: dict[int, Exception]) -> Iterator[Letter]:
    """The letters, one at a time; what goes wrong with one goes into `failures` and the others go on without it."""
    deadline = time() + sending.CLAIM_HOLDS  # which goes on while the machine sleeps: monotonic() may stand still
    for delivery in claimed:
        try:
            if time() > deadline:
                raise TookTooLong("the claim ran out before it was written")
            yield mails.compose(delivery, about.get(delivery.id))
        except Exception as failure:  # its time-out, too: what has gone by then is recorded
            failures[delivery.id] = failure


def _send(claimed: Sequence[Claimed], letters: Iterable[Letter], failures: Mapping[int, Exception]) -> list[Outcome]:
    told = postmark.send(letters)  # which takes every letter, so `failures` is complete from here on
    written = [delivery for delivery in claimed if delivery.id not in failures]
    spoiled = [_spoiled(delivery, failures[delivery.id]) for delivery in claimed if delivery.id in failures]
    return [_answered(delivery, answer) for delivery, answer in zip(written, told, strict=True)] + spoiled


def _answered(delivery: Claimed, answer: answers.Answer) -> Outcome:
    match answer:
        case answers.Taken(provider_id):
            return Outcome(delivery.id, State.SENT, provider_id=provider_id, weather=Weather.FAIR)
        case answers.Inactive():
            return Outcome(delivery.id, State.SUPPRESSED, str(answer), weather=Weather.FAIR)
        case answers.Rejected():
            return Outcome(delivery.id, State.FAILED, str(answer), weather=Weather.FAIR)
        case answers.Ambiguous():
            return Outcome(delivery.id, State.UNKNOWN, str(answer), weather=Weather.UNCLEAR)
        case answers.Busy():
            return sending.backoff(delivery, str(answer), Weather.BUSY)
        case answers.Barred():
            return sending.backoff(delivery, str(answer), Weather.BARRED)
        case _:
            return sending.backoff(delivery, str(answer), Weather.FAIR)


def _spoiled(delivery: Claimed, failure: Exception) -> Outcome:
    """A letter that cannot be written is tried again, since its template may be mended meanwhile, but not for ever."""
    final = isinstance(failure, mails.SourceGone) or delivery.attempts >= COMPOSING_FAILS_AFTER
    words = f"could not be written: {type(failure).__name__}: {failure}"
    return Outcome(delivery.id, State.FAILED, words) if final else sending.backoff(delivery, words)


def _suppress(tx: Session, claimed: Iterable[Claimed], outcomes: Iterable[Outcome]) -> None:
    inactive = {outcome.delivery_id for outcome in outcomes if outcome.state == State.SUPPRESSED}
    for d in claimed:
        if d.id in inactive:
            Suppression.impose(tx, d.workspace_id, d.recipient, d.stream, reason="inactive", origin="Postmark")
