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
from web.api import bodies, filters
from web.api.door import needs
from web.fields import one_line
from web.visitor import here, ours

page = Blueprint("segments_api", __name__)

SIZE = 100
LONGEST = 80  # characters of a name


@page.get("/segments")
@needs(Scope.CONTACTS_READ)
def index() -> Response:
    filters.check()
    with transaction() as tx:
        return jsonify(segments=[_told(tx, each) for each in Segment.of(tx, here())])


@page.get("/segments/<id:segment_id>")
@needs(Scope.CONTACTS_READ)
def show(segment_id: int) -> Response:
    filters.check()
    with transaction() as tx:
        return jsonify(_told(tx, ours(tx, Segment, segment_id)))


@page.post("/segments")
@needs(Scope.SEGMENTS_WRITE)
def create() -> tuple[Response, int]:
    """`{"name": …, "query": …}`."""
    given = bodies.fields("name", "query")
    name, query = (given.get(field) for field in ("name", "query"))
    if not isinstance(name, str) or not isinstance(query, str) or not 0 < len(one_line(name)) <= LONGEST:
        raise UnprocessableEntity(f"Please send a name of up to {LONGEST} characters and a query, as texts.")
    with transaction() as tx:
        segment = _made(tx, one_line(name), query)
        return jsonify(_told(tx, segment)), 201


@page.get("/contacts")
@needs(Scope.CONTACTS_READ)
def contacts() -> Response:
    """Newest first, `SIZE` at a time; `next` is the `before` of the next page, or null."""
    filters.check("before", segment=filters.CHECKS["source"], q=lambda text: True)
    with transaction() as tx:
        condition = _condition(tx)
        who = People.who(tx, here(), condition)
        people = who.page(tx, before=int(request.args.get("before", 0)), size=SIZE + 1)
    shown = people[:SIZE]
    return jsonify(contacts=[_contact(each) for each in shown], next=shown[-1].id if len(people) > SIZE else None)


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
