"""What editions say: written, revised, looked at. A program and a person do not overwrite each other."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session, defer
from werkzeug.exceptions import Conflict, UnprocessableEntity

from emails.writing import drafts
from emails.writing.draft import LONGEST, Draft, Format, Unwritable
from jobs.inspections import look_at
from models.api_key import Scope
from models.archive import Readers
from models.db import transaction
from models.edition import Edition, State
from models.publication import Publication
from models.revision import WRITTEN, Manner, Overtaken, Published, Revision
from web.api import bodies, cursors, filters
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import COUNT, ID, MOMENT, TEXT, YES, maybe, record, text, word
from web.api.shapes import page as page_of
from web.audit import audit
from web.fields import one_line
from web.soon import soon
from web.visitor import here, ours

page = Blueprint("drafts_api", __name__)

WORDS = {
    "subject": text(200, least=1),
    "preheader": text(200),
    "format": word(*Format),
    "body": text(LONGEST, least=1),
    "plain": text(LONGEST),
}
SHOWN_TO = word("", *Readers)
EDITION = record(
    id=ID, publication=ID, subject=TEXT, state=word(*State), shown_to=SHOWN_TO, audience=COUNT,
    created_at=MOMENT, published_at=maybe(MOMENT), finished_at=maybe(MOMENT),
)  # fmt: skip
DRAFT = record(edition=ID, since=COUNT, saved_at=MOMENT, saved_by=maybe(TEXT), **dict.fromkeys(WRITTEN, TEXT))


@page.get("/editions")
@needs(Scope.EDITIONS_READ)
@tells(page_of("editions", EDITION), query=cursors.QUERY | {"publication": ID, "state": word(*State)})
def index() -> Response:
    """Editions of all newsletters, newest first."""
    filters.check("cursor", "limit", publication=filters.is_number, state=lambda text: text in list(State))
    mine = select(Edition).filter_by(workspace_id=here()).options(defer(Edition.html), defer(Edition.text))
    if number := request.args.get("publication"):
        mine = mine.filter_by(publication_id=int(number))
    if state := request.args.get("state"):
        mine = mine.filter_by(state=state)
    with transaction() as tx:
        return cursors.page(tx, "editions", mine, Edition.id, noted)


@page.post("/editions")
@needs(Scope.EDITIONS_WRITE)
@tells(
    DRAFT,
    status=201,
    takes={"publication": ID, **WORDS, "shown_to": SHOWN_TO},
    needed=("publication", "subject", "body"),
)
def create() -> tuple[Response, int]:
    """A draft, in Markdown unless `format` says otherwise; nobody gets it before it is published."""
    given = bodies.fields()
    with transaction() as tx:
        publication = ours(tx, Publication, given["publication"])
        about = {"workspace_id": here(), "publication": publication, "shown_to": given.get("shown_to", "")}
        edition = Edition(**about, subject="", html="", text="")
        tx.add(edition)
        tx.flush()
        told = _saved(tx, edition, 0, {**_BLANK, **_words(given)})
    soon(look_at.later, told["edition"])
    return jsonify(told), 201


@page.get("/editions/<id:edition_id>/draft")
@needs(Scope.EDITIONS_READ)
@tells(DRAFT)
def show(edition_id: int) -> Response:
    """What it says as it was last saved; `since` is what a revision of it names."""
    with transaction() as tx:
        return jsonify(_told(Revision.latest(tx, ours(tx, Edition, edition_id))))


@page.patch("/editions/<id:edition_id>")
@needs(Scope.EDITIONS_WRITE)
@tells(DRAFT, takes={"since": COUNT, **WORDS, "shown_to": SHOWN_TO}, needed=("since",))
def revise(edition_id: int) -> Response:
    """Changes what is given of a draft; 409 when somebody has saved it after `since`, or it has been published.

    Who may read it in the archive can be changed for ever.
    """
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        given = bodies.fields()
        edition.shown_to = given.get("shown_to", edition.shown_to)
        latest = Revision.latest(tx, edition)
        words = _words(given)
        told = _saved(tx, edition, given["since"], latest.written | words) if words else _told(latest)
    soon(look_at.later, edition_id)
    return jsonify(told)


@page.post("/editions/<id:edition_id>/removal")
@needs(Scope.EDITIONS_WRITE)
@tells(record(gone=YES))
def destroy(edition_id: int) -> Response:
    """A draft, with all its revisions; 409 when it has been published."""
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        bodies.fields()
        if not edition.discard(tx):
            raise Conflict("It has been published: it cannot be deleted any more.")
        audit(tx, "deleted", edition)
    return jsonify(gone=True)


def noted(edition: Edition) -> dict[str, Any]:
    """An edition as its row has it."""
    words = {word: getattr(edition, word) for word in ("id", "subject", "state", "shown_to", "audience")}
    moments = {name: getattr(edition, name) for name in ("created_at", "published_at", "finished_at")}
    return (
        words | {name: at and at.isoformat() for name, at in moments.items()} | {"publication": edition.publication_id}
    )


_BLANK = {"preheader": "", "format": Format.MARKDOWN, "plain": ""}


def _words(given: dict[str, Any]) -> dict[str, str]:
    """As forms have them: a subject and a preheader are lines."""
    lines = ("subject", "preheader")
    return {name: one_line(given[name]) if name in lines else given[name] for name in WRITTEN if name in given}


def _saved(tx: Session, edition: Edition, since: int, words: dict[str, str]) -> dict[str, Any]:
    """Raises 409 and 422."""
    try:
        letter = drafts.written(edition.publication, Draft(**words))
        revision = Revision.save(tx, edition, since=since, user_id=None, manner=Manner.SAVED, **words)
    except Unwritable as problem:
        raise UnprocessableEntity(f"{problem.part}: {problem}") from None
    except Overtaken as other:
        raise Conflict(f"{other.who} has saved this draft meanwhile: it is at {other.number} now.") from None
    except Published:
        raise Conflict("It has been published: what it says cannot be changed any more.") from None
    edition.revise(tx, **letter._asdict())
    return _told(revision)


def _told(revision: Revision) -> dict[str, Any]:
    about = {"edition": revision.edition_id, "since": revision.number, "saved_at": revision.created_at.isoformat()}
    return about | {"saved_by": revision.user.display_name if revision.user else None} | revision.written
