"""An edition on its way: published, undone, paused, resumed, canceled, sent to the rest and to late joiners.

Each answers a program that asks for JSON as it answers a page.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from emails.checking import inspecting
from emails.writing import drafts
from emails.writing.draft import Unwritable
from jobs.deliveries import feed
from jobs.editions import address_edition, cancel_copies, queue_the_rest
from models.db import transaction
from models.edition import Edition
from models.finding import Finding
from web.audit import audit
from web.errors import wants_json
from web.soon import soon
from web.sure import sure
from web.visitor import editors_only, ours

Told = TypeVar("Told")

# What the audit log calls it.
DONE = {
    "_publish": "published",
    "undo": "undid the publishing of",
    "pause": "paused",
    "resume": "resumed",
    "cancel": "canceled",
    "send_to_the_rest": "sent again to the rest",
    "send_to_late": "sent to late joiners",
}

page = Blueprint("sendings", __name__, url_prefix="/editions/<id:edition_id>")


@page.post("/publication")
@editors_only
def publish(edition_id: int) -> Response:
    """What goes out is the draft as it is now, in the newsletter's looks as they are now.

    Where something in it must be fixed, a page asks first.
    """
    try:
        if not wants_json() and "anyway" not in request.form and flaws(edition_id):
            return redirect(url_for("inspections.ask", edition_id=edition_id))
        published = publish_now(edition_id)
    except Unwritable as problem:
        return _answer(edition_id, f"It cannot be sent as it is. {problem}", published=False)
    words = "It is published." if published else "It has been published before."
    return _answer(edition_id, words, published=published)


@page.post("/undo")
@editors_only
def undo(edition_id: int) -> Response:
    undone = undo_now(edition_id)
    words = "It is a draft again: nobody has got it." if undone else "It is too late for that: it is being sent."
    return _answer(edition_id, words, undone=undone)


@page.post("/pause")
@editors_only
def pause(edition_id: int) -> Response:
    paused = pause_now(edition_id)
    words = "Paused: what has been handed over arrives, nothing else goes out." if paused else "It is not being sent."
    return _answer(edition_id, words, paused=paused)


@page.post("/resumption")
@editors_only
def resume(edition_id: int) -> Response:
    resumed = resume_now(edition_id)
    return _answer(edition_id, "It goes on." if resumed else "It is not paused.", resumed=resumed)


@page.post("/cancellation")
@editors_only
@sure("Cancel this edition?", "Whoever has not got it does not get it.")
def cancel(edition_id: int) -> Response:
    canceled = cancel_now(edition_id)
    words = "Canceled: whoever has not got it does not get it." if canceled else "It is not being sent any more."
    return _answer(edition_id, words, canceled=canceled)


@page.post("/rest")
@editors_only
@sure("Send it to whoever did not get it?", "Mails that have gone out cannot be called back.")
def send_to_the_rest(edition_id: int) -> Response:
    """Whoever certainly did not get it. A repeat finds nobody: `{"queued": 0}`."""
    queued = send_rest(edition_id)
    words = f"It goes to {queued:,} who did not get it." if queued else "There is nobody to send it to again."
    return _answer(edition_id, words, queued=queued)


@page.post("/late-joiners")
@editors_only
@sure("Send it to those who joined since?", "Mails that have gone out cannot be called back.")
def send_to_late(edition_id: int) -> Response:
    """Whoever has subscribed since it was published. A repeat finds nobody: `{"addressed": 0}`."""
    count = send_late(edition_id)
    words = f"It goes to {count:,} who joined since." if count else "Nobody has joined since who has not got it."
    return _answer(edition_id, words, addressed=count)


def pause_now(edition_id: int) -> bool:
    return _told(edition_id, Edition.pause)


def resume_now(edition_id: int) -> bool:
    return _told(edition_id, Edition.resume, lambda _: feed.later("mailers", queue="mailers"))


def cancel_now(edition_id: int) -> bool:
    return _told(edition_id, Edition.cancel, cancel_copies.later)


def send_rest(edition_id: int) -> int:
    """To how many it is sent again."""
    return _told(edition_id, Edition.send_to_the_rest, queue_the_rest.later)


def send_late(edition_id: int) -> int:
    """How many have joined since, and get it."""
    return _told(edition_id, Edition.send_to_late, address_edition.later)


def publish_now(edition_id: int) -> bool:
    """Whether this caller published it. Raises `Unwritable`."""
    return _told(edition_id, _publish, address_edition.later)


def flaws(edition_id: int) -> list[Finding]:
    """What must be fixed first. Raises `Unwritable`."""
    with transaction() as tx:
        return inspecting.serious(tx, ours(tx, Edition, edition_id))


def undo_now(edition_id: int) -> bool:
    return _told(edition_id, Edition.undo)


def _publish(edition: Edition, tx: Session) -> bool:
    drafts.settle(tx, edition)
    return edition.publish(tx, edition.publication.grace)


def _told(
    edition_id: int, verb: Callable[[Edition, Session], Told], follow: Callable[[int], object] | None = None
) -> Told:
    """What the edition answered; when it did something, what has to follow is enqueued."""
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        done = verb(edition, tx)
        if done:
            audit(tx, DONE[verb.__name__], edition)
    if done and follow:
        soon(follow, edition_id)
    return done


def _answer(edition_id: int, words: str, **told: bool | int) -> Response:
    if wants_json():
        return jsonify(told)
    flash(words)
    return redirect(url_for("editions.show", edition_id=edition_id))
