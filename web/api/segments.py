"""Segments, and the people whom one of them or a text finds."""

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import UnprocessableEntity

from models.api_key import Scope
from models.contact import Contact
from models.db import transaction
from models.segments import pinning
from models.segments.misread import Misread
from models.segments.people import People
from models.segments.segment import Segment
from models.segments.words import words
from models.segments.written import written
from web.api import bodies, cursors, filters
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import ANYTHING, COUNT, ID, MOMENT, TEXT, many, record, text
from web.api.shapes import page as page_of
from web.audit import audit
from web.fields import one_line
from web.visitor import here, ours

page = Blueprint("segments_api", __name__)

LONGEST = 80  # characters of a name
SEGMENT = record(id=ID, name=TEXT, query=TEXT, words=TEXT, count=COUNT)
CONTACT = record(
    id=ID, email=TEXT, name=TEXT, locale=TEXT, zone=TEXT, tags=many(TEXT), attributes=ANYTHING, joined=MOMENT
)


@page.get("/segments")
@needs(Scope.CONTACTS_READ)
@tells(record(segments=many(SEGMENT)))
def index() -> Response:
    """All segments: what each says, the same in words, and how many are in it now."""
    filters.check()
    with transaction() as tx:
        return jsonify(segments=[_told(tx, each) for each in Segment.of(tx, here())])


@page.get("/segments/<id:segment_id>")
@needs(Scope.CONTACTS_READ)
@tells(SEGMENT)
def show(segment_id: int) -> Response:
    """One segment."""
    filters.check()
    with transaction() as tx:
        return jsonify(_told(tx, ours(tx, Segment, segment_id)))


@page.post("/segments")
@needs(Scope.SEGMENTS_WRITE)
@tells(SEGMENT, status=201, takes={"name": text(LONGEST, least=1), "query": text(10_000)}, needed=("name", "query"))
def create() -> tuple[Response, int]:
    """Makes a segment of a text such as `tag = "vip"`."""
    given = bodies.fields()
    with transaction() as tx:
        segment = _made(tx, one_line(given["name"]), given["query"])
        return jsonify(_told(tx, segment)), 201


@page.get("/contacts")
@needs(Scope.CONTACTS_READ)
@tells(page_of("contacts", CONTACT), query=cursors.QUERY | {"segment": ID, "q": TEXT})
def contacts() -> Response:
    """Who is in a segment, or is found by such a text as `q`, newest first."""
    filters.check("cursor", "limit", segment=filters.CHECKS["source"], q=lambda text: True)
    with transaction() as tx:
        condition = _condition(tx)
        who = People.who(tx, here(), condition)
        people = who.page(tx, before=int(request.args.get("cursor", 0)), size=cursors.limit() + 1)
    shown = people[: cursors.limit()]
    more = shown[-1].id if len(people) > len(shown) else None
    return cursors.sheet("contacts", [_contact(each) for each in shown], more)


def _condition(tx: Session) -> pinning.Condition:
    number, text = request.args.get("segment"), request.args.get("q")
    if number and text is not None:
        raise UnprocessableEntity("Please give segment or q, not both.")
    query = ours(tx, Segment, int(number)).query if number else text
    return _read(tx, query if query is not None else "everybody")


def _made(tx: Session, name: str, query: str) -> Segment:
    if tx.scalar(select(Segment.id).filter_by(workspace_id=here(), name=name)):
        raise UnprocessableEntity("There is a segment of that name already, or there was.")
    try:
        text = written(pinning.read_alone(tx, here(), query))
    except Misread as problem:
        raise UnprocessableEntity(f"query: {problem}") from None
    segment = Segment(workspace_id=here(), name=name, query=text)
    tx.add(segment)
    tx.flush()
    audit(tx, "made", segment)
    return segment


def _read(tx: Session, text: str) -> pinning.Condition:
    try:
        return pinning.read(tx, here(), text)
    except Misread as problem:
        raise UnprocessableEntity(f"q: {problem}") from None


def _told(tx: Session, segment: Segment) -> dict[str, object]:
    condition = _read(tx, segment.query)
    said = words(condition, pinning.names(tx, here(), condition))
    count = People.who(tx, here(), condition).count(tx)
    return {"id": segment.id, "name": segment.name, "query": segment.query, "words": said, "count": count}


def _contact(contact: Contact) -> dict[str, object]:
    words = ("id", "email", "name", "locale", "zone", "tags", "attributes")
    return {word: getattr(contact, word) for word in words} | {"joined": contact.created_at.isoformat()}
