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
from models.lists.change import ListChange
from models.lists.conditions import Conditions
from models.lists.list import List
from models.lists.member import ListMember
from models.user import InvalidAddress, normal
from web import exports
from web.api import bodies, filters
from web.api.door import needs
from web.fields import one_line
from web.list_changes import listed
from web.list_members import exported
from web.pages import Page
from web.people_form import MOST
from web.visitor import here

page = Blueprint("lists_api", __name__)


@page.get("/lists")
@needs(Scope.LISTS_READ)
def index() -> Response:
    """Fifty, newest first; `?before=` takes what `older` says."""
    filters.check("before")
    with transaction() as tx:
        found: Page[List] = Page.of(tx, select(List).filter_by(workspace_id=here(), deleted_at=None), List.id)
    return jsonify(lists=[_noted(each) for each in found.rows], older=found.older)


@page.post("/lists")
@needs(Scope.LISTS_WRITE)
def create() -> tuple[Response, int]:
    given = bodies.fields("name", "note")
    name, note = (_line(given, field, longest) for field, longest in (("name", 80), ("note", 500)))
    if not name:
        raise UnprocessableEntity("Please give the list a name.")
    with transaction() as tx:
        if List.named(tx, here(), name):
            raise UnprocessableEntity("There is a list of that name already.")
        made = List.begin(tx, here(), name, note)
    return jsonify(_noted(made)), 201


@page.get("/lists/<id:list_id>")
@needs(Scope.LISTS_READ)
def show(list_id: int) -> Response:
    with transaction() as tx:
        return jsonify(_noted(listed(tx, list_id)))


@page.get("/lists/<id:list_id>/members")
@needs(Scope.LISTS_READ)
def members(list_id: int) -> Response:
    """Fifty, those who became known last first; `?before=` takes what `older` says."""
    filters.check("before")
    with transaction() as tx:
        listed(tx, list_id)
        found: Page[ListMember] = Page.of(tx, ListMember.fitting(list_id, Conditions()), ListMember.contact_id)
    return jsonify(members=[_member(each) for each in found.rows], older=found.older)


@page.post("/lists/<id:list_id>/members")
@needs(Scope.LISTS_WRITE)
def add(list_id: int) -> Response:
    """`{"emails": [...]}`; what became of them: `{"came": 2, "were on it already": 1}`."""
    return _told(list_id, lambda tx, mine, emails: mine.grow(tx, dict.fromkeys(emails, "")))


@page.post("/lists/<id:list_id>/removals")
@needs(Scope.LISTS_WRITE)
def remove(list_id: int) -> Response:
    """`{"emails": [...]}`; what became of them: `{"left": 2, "were not on it": 1}`."""
    return _told(list_id, lambda tx, mine, emails: mine.remove_addresses(tx, emails))


@page.post("/lists/<id:list_id>/exports")
@needs(Scope.LISTS_READ)
def export(list_id: int) -> tuple[Response, int]:
    """Everybody on it, as a file that is being made."""
    filters.check(form=FORMS.__contains__)
    with transaction() as tx:
        shown = listed(tx, list_id)
    return jsonify(exports.told(exported(shown, Conditions(), exports.wanted_form()))), 202


@page.get("/lists/<id:list_id>/exports/<id:list_export_id>")
@needs(Scope.LISTS_READ)
def exported_as(list_id: int, list_export_id: int) -> Response:
    return jsonify(exports.told(exports.of("list", list_id, list_export_id)))


@page.get("/lists/<id:list_id>/exports/<id:list_export_id>/file")
@needs(Scope.LISTS_READ)
def file(list_id: int, list_export_id: int) -> Response:
    return exports.handed(exports.of("list", list_id, list_export_id))


def _told(list_id: int, verb: Callable[[Session, List, list[str]], ListChange]) -> Response:
    with transaction() as tx:
        listed(tx, list_id)
    emails = _emails(bodies.fields("emails"))
    with transaction() as tx:
        change = verb(tx, listed(tx, list_id), emails)
    return jsonify(change.result)


def _emails(given: dict[str, Any]) -> list[str]:
    """Each once. Raises 422."""
    emails = given.get("emails")
    if not isinstance(emails, list) or not all(isinstance(email, str) for email in emails) or not emails:
        raise UnprocessableEntity("Please send emails: a list of addresses.")
    if len(emails) > MOST:
        raise UnprocessableEntity(f"That is {len(emails):,} people; please send at most {MOST:,} at once.")
    try:
        return list(dict.fromkeys(normal(email) for email in emails))
    except InvalidAddress as problem:
        raise UnprocessableEntity(str(problem)) from None


def _line(given: dict[str, Any], field: str, longest: int) -> str:
    words = given.get(field, "")
    if not isinstance(words, str) or len(words) > longest:
        raise UnprocessableEntity(f"{field} is a line of at most {longest} characters.")
    return one_line(words)


def _noted(mine: List) -> dict[str, Any]:
    words = {word: getattr(mine, word) for word in ("id", "name", "note", "members")}
    return words | {word: getattr(mine, word).isoformat() for word in ("created_at", "changed_at")}


def _member(member: ListMember) -> dict[str, Any]:
    known = member.contact
    about = {"email": known.email, "name": known.name, "tags": known.tags, "attributes": known.attributes}
    return about | {"added_at": member.added_at.isoformat(), "added_by": member.change.way}
