"""Lists of contacts: what there are, who is on them, adding and removing people, all of them as a file."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import UnprocessableEntity

from models.api_key import Scope
from models.db import transaction
from models.exports.forms import FORMS
from models.lists import fitting
from models.lists.change import ListChange
from models.lists.conditions import Conditions
from models.lists.list import List
from models.lists.member import ListMember
from models.user import InvalidAddress, normal
from web import exports
from web.api import bodies, cursors, filters
from web.api.described import FILE, tells
from web.api.door import needs
from web.api.shapes import ANYTHING, COUNT, EXPORT, ID, MOMENT, TEXT, counts, many, record, text, word
from web.api.shapes import page as page_of
from web.audit import audit
from web.fields import one_line
from web.list_changes import listed, written_down
from web.list_members import exported
from web.people_form import MOST
from web.visitor import here

page = Blueprint("lists_api", __name__)

LIST = record(id=ID, name=TEXT, note=TEXT, members=COUNT, created_at=MOMENT, changed_at=MOMENT)
MEMBER = record(email=TEXT, name=TEXT, tags=many(TEXT), attributes=ANYTHING, added_at=MOMENT, added_by=TEXT)
EMAILS = {"emails": many(text(320), MOST)}


@page.get("/lists")
@needs(Scope.LISTS_READ)
@tells(page_of("lists", LIST), query=cursors.QUERY)
def index() -> Response:
    """Lists of contacts, newest first."""
    filters.check("cursor", "limit")
    with transaction() as tx:
        mine = select(List).filter_by(workspace_id=here(), deleted_at=None)
        return cursors.page(tx, "lists", mine, List.id, _noted)


@page.post("/lists")
@needs(Scope.LISTS_WRITE)
@tells(LIST, status=201, takes={"name": text(80, least=1), "note": text(500)}, needed=("name",))
def create() -> tuple[Response, int]:
    """Begins a list, which nobody is on yet."""
    given = bodies.fields()
    name, note = one_line(given["name"]), one_line(given.get("note"))
    with transaction() as tx:
        if List.named(tx, here(), name):
            raise UnprocessableEntity("There is a list of that name already.")
        made = List.begin(tx, here(), name, note)
        audit(tx, "made", made)
    return jsonify(_noted(made)), 201


@page.get("/lists/<id:list_id>")
@needs(Scope.LISTS_READ)
@tells(LIST)
def show(list_id: int) -> Response:
    """A list, and how many are on it."""
    with transaction() as tx:
        return jsonify(_noted(listed(tx, list_id)))


@page.get("/lists/<id:list_id>/members")
@needs(Scope.LISTS_READ)
@tells(page_of("members", MEMBER), query=cursors.QUERY)
def members(list_id: int) -> Response:
    """Who is on it, those who became known last first."""
    filters.check("cursor", "limit")
    with transaction() as tx:
        listed(tx, list_id)
        found = fitting.members(here(), list_id, Conditions())
        return cursors.page(tx, "members", found, ListMember.contact_id, _member)


@page.post("/lists/<id:list_id>/members")
@needs(Scope.LISTS_WRITE)
@tells(counts(), takes=EMAILS, needed=("emails",))
def add(list_id: int) -> Response:
    """Puts people on it, and says what became of them."""
    return _told(list_id, lambda tx, mine, emails: mine.grow(tx, dict.fromkeys(emails, "")))


@page.post("/lists/<id:list_id>/removals")
@needs(Scope.LISTS_WRITE)
@tells(counts(), takes=EMAILS, needed=("emails",))
def remove(list_id: int) -> Response:
    """Takes people off it, and says what became of them."""
    return _told(list_id, lambda tx, mine, emails: mine.remove_addresses(tx, emails))


@page.post("/lists/<id:list_id>/exports")
@needs(Scope.LISTS_READ)
@tells(EXPORT, status=202, query={"form": word(*FORMS)})
def export(list_id: int) -> tuple[Response, int]:
    """Everybody on it, as a file that is being made."""
    filters.check(form=FORMS.__contains__)
    with transaction() as tx:
        shown = listed(tx, list_id)
    return jsonify(exports.told(exported(shown, Conditions(), exports.wanted_form()))), 202


@page.get("/lists/<id:list_id>/exports/<id:list_export_id>")
@needs(Scope.LISTS_READ)
@tells(EXPORT)
def exported_as(list_id: int, list_export_id: int) -> Response:
    """How far it has come."""
    return jsonify(exports.told(exports.of("list", list_export_id, list_id)))


@page.get("/lists/<id:list_id>/exports/<id:list_export_id>/file")
@needs(Scope.LISTS_READ)
@tells(kind=FILE)
def file(list_id: int, list_export_id: int) -> Response:
    """The file, once it is made."""
    return exports.handed(exports.of("list", list_export_id, list_id))


def _told(list_id: int, verb: Callable[[Session, List, list[str]], ListChange]) -> Response:
    with transaction() as tx:
        listed(tx, list_id)
    emails = _emails(bodies.fields())
    with transaction() as tx:
        change = written_down(tx, verb(tx, listed(tx, list_id), emails))
    return jsonify(change.result)


def _emails(given: dict[str, Any]) -> list[str]:
    """Each once. Raises 422."""
    if not given["emails"]:
        raise UnprocessableEntity("Please send emails: a list of addresses.")
    try:
        return list(dict.fromkeys(normal(email) for email in given["emails"]))
    except InvalidAddress as problem:
        raise UnprocessableEntity(str(problem)) from None


def _noted(mine: List) -> dict[str, Any]:
    words = {word: getattr(mine, word) for word in ("id", "name", "note", "members")}
    return words | {word: getattr(mine, word).isoformat() for word in ("created_at", "changed_at")}


def _member(member: ListMember) -> dict[str, Any]:
    known = member.contact
    about = {"email": known.email, "name": known.name, "tags": known.tags, "attributes": known.attributes}
    return about | {"added_at": member.added_at.isoformat(), "added_by": member.change.way}
