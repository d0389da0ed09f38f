"""How editions stand, and sending them."""

from datetime import datetime

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import Conflict, UnprocessableEntity

from emails.writing.draft import Unwritable
from jobs.deliveries import nudge
from jobs.editions import publish_scheduled
from models.api_key import Scope
from models.db import transaction
from models.edition import Edition
from models.progress import Progress
from models.traces.results import Results
from web import schedules, sendings, trials
from web.api import bodies
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import ANYTHING, COUNT, ID, MOMENT, RATE, TEXT, YES, counts, many, maybe, record
from web.audit import audit
from web.editions import told, whole
from web.results import told as told_of
from web.soon import soon
from web.visitor import ours

page = Blueprint("editions_api", __name__)

PROGRESS = record(
    id=ID,
    state=TEXT,
    audience=COUNT,
    states=counts(),
    balances=YES,
    per_second=RATE,
    seconds_left=maybe(COUNT),
    due_at=maybe(MOMENT),
)

COUNTED = maybe(ANYTHING)
RESULTS = record(
    **dict.fromkeys(("id", "audience", "delivered", "bounced", "complained", "left", "replied"), COUNT),
    opens=COUNTED,
    clicks=COUNTED,
    links=many(ANYTHING),
)


@page.get("/editions/<id:edition_id>")
@needs(Scope.EDITIONS_READ)
@tells(PROGRESS)
def show(edition_id: int) -> Response:
    """How far it has come: everybody in its audience, by the state their copy is in."""
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        progress = Progress.of(tx, edition.id)
    return jsonify(told(edition, progress))


@page.get("/editions/<id:edition_id>/results")
@needs(Scope.EDITIONS_READ)
@tells(RESULTS)
def results(edition_id: int) -> Response:
    """Its results: people, machines and what is unsure apart; null where opens and clicks are not counted."""
    with transaction() as tx:
        found = Results.of(tx, [ours(tx, Edition, edition_id)])[0]
        links = found.links(tx)
    return jsonify(told_of(found, links))


@page.post("/editions/<id:edition_id>/test")
@needs(Scope.EDITIONS_SEND)
@tells(record(sent=COUNT), takes={"to": many(TEXT), "reader": maybe(TEXT)}, needed=("to",))
def test(edition_id: int) -> Response:
    """`{"to": ["ada@example.com"], "reader": "a contact's address"}`, the reader if you like: `{"sent": 1}`."""
    with transaction() as tx:
        ours(tx, Edition, edition_id)
    given = bodies.fields()
    ids = _tested(edition_id, given["to"], given.get("reader") or "")
    soon(nudge, "trial", ids)
    return jsonify(sent=len(ids))


@page.post("/editions/<id:edition_id>/publication")
@needs(Scope.EDITIONS_SEND)
@tells(record(published=YES), takes={"anyway": YES})
def publish(edition_id: int) -> Response:
    """`{"published": true}` for the call that sends it off; false when it is no draft any more.

    409 with what must be fixed first, unless `{"anyway": true}` was sent.
    """
    with transaction() as tx:
        ours(tx, Edition, edition_id)
    anyway = bodies.fields().get("anyway") is True
    try:
        if not anyway and (flaws := sendings.flaws(edition_id)):
            raise Conflict(" ".join(f"{flaw.advice} ({flaw.place})" for flaw in flaws)[:2000])
        return jsonify(published=sendings.publish_now(edition_id))
    except Unwritable as problem:
        raise UnprocessableEntity(str(problem)) from None


@page.post("/editions/<id:edition_id>/schedule")
@needs(Scope.EDITIONS_SEND)
@tells(record(scheduled=YES), takes={"at": maybe(TEXT)}, needed=("at",))
def schedule(edition_id: int) -> Response:
    """`{"at": "2026-12-01T18:00:00+01:00"}`, or null for no more: `{"scheduled": true}`; false when it is no draft."""
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        moment = _moment(bodies.fields())
        done = edition.schedule(tx, moment) if moment else edition.unschedule(tx)
        if done:
            audit(tx, "scheduled" if moment else "unscheduled", edition)
        scheduled = bool(moment and done)
    if scheduled:
        soon(publish_scheduled.later, edition_id)
    return jsonify(scheduled=scheduled)


@page.post("/editions/<id:edition_id>/undo")
@needs(Scope.EDITIONS_SEND)
@tells(record(undone=YES))
def undo(edition_id: int) -> Response:
    """`{"undone": true}` while nobody has been addressed: it is a draft again."""
    bodies.fields()
    return jsonify(undone=sendings.undo_now(edition_id))


@page.post("/editions/<id:edition_id>/rest")
@needs(Scope.EDITIONS_SEND)
@tells(record(queued=COUNT))
def send_to_the_rest(edition_id: int) -> Response:
    """Sends it to whoever did not get it: how many that is. A repeat finds nobody."""
    bodies.fields()
    return jsonify(queued=sendings.send_rest(edition_id))


@page.post("/editions/<id:edition_id>/late-joiners")
@needs(Scope.EDITIONS_SEND)
@tells(record(addressed=COUNT))
def send_to_late(edition_id: int) -> Response:
    """How many have subscribed since and will get it: `{"addressed": 3}`. A repeat finds nobody."""
    bodies.fields()
    return jsonify(addressed=sendings.send_late(edition_id))


def _tested(edition_id: int, to: list[str], reader: str) -> list[int]:
    try:
        addresses = trials.addressees(to)
        with transaction() as tx:
            edition = whole(tx, edition_id)
            contact = trials.known(tx, edition.workspace_id, reader) if reader else None
            if reader and contact is None:
                raise ValueError(f"Nobody here has the address {reader[:80]!r}.")
            return trials.sent(tx, edition, addresses, contact, None)
    except ValueError as problem:
        raise UnprocessableEntity(str(problem)) from None


def _moment(given: dict[str, object]) -> datetime | None:
    """RFC 3339; None where none is wanted. Raises 422."""
    if given.get("at", "") is None:
        return None
    try:
        moment = datetime.fromisoformat(str(given.get("at", "")))
        if moment.tzinfo is None:
            raise ValueError
    except ValueError:
        raise UnprocessableEntity('Please give a moment with its zone: {"at": "2026-12-01T18:00:00+01:00"}.') from None
    try:
        return schedules.checked(moment)
    except (OverflowError, ValueError) as problem:
        raise UnprocessableEntity(str(problem)) from None
