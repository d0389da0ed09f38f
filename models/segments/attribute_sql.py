"""What is asked of an attribute. Imports keep all as text: what reads like a number, a day, yes or no counts as one."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Any

from sqlalchemy import ColumnElement, Numeric, and_, case, cast, func, not_, or_

from models.contact import Contact
from models.segments.conditions import Comparison, Span

Asked = ColumnElement[bool]

NUMBER = "^-?[0-9]{1,18}([.][0-9]{1,18})?$"
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


def where(name: str, test: Comparison, now: datetime) -> Asked:
    """False, not null, where there is no such attribute or it is of another kind."""
    if test.sign == "!=":
        return not_(where(name, Comparison("=", test.value), now))
    if test.sign in ("set", "missing"):
        is_set = func.coalesce(Contact.attributes[name].astext, "") != ""
        return is_set if test.sign == "set" else not_(is_set)
    return func.coalesce(_asked(name, test, now), False)


def _asked(name: str, test: Comparison, now: datetime) -> Asked:
    match test.value:
        case bool():
            said = ("yes", "true") if test.value else ("no", "false")
            return func.lower(_text(name)).in_(said)
        case Decimal():
            return _SIGNS[test.sign](_number(name), test.value)
        case Span():
            today = _day(name)
            return and_(today >= (now - test.value.length).date().isoformat(), today <= now.date().isoformat())
        case date():
            return _SIGNS[test.sign](_day(name), test.value.isoformat())
    return _said(name, test)


def _said(name: str, test: Comparison) -> Asked:
    """Of a text; one in a list is found by its whole."""
    if test.sign == "=":
        return Contact.attributes.contains({name: test.value})
    if test.sign == "contains":
        part = func.strpos(func.lower(_of("string", name)), func.lower(test.value)) > 0
        return or_(func.coalesce(part, False), Contact.attributes[name].contains([test.value]))
    return _SIGNS[test.sign](_of("string", name).collate("C"), test.value)


def _text(name: str) -> ColumnElement[str]:
    return Contact.attributes[name].astext


def _of(kind: str, name: str) -> ColumnElement[str]:
    """Its text where JSON has it as that kind, else null."""
    return case((func.jsonb_typeof(Contact.attributes[name]) == kind, _text(name)))


def _number(name: str) -> ColumnElement[Decimal]:
    is_number = func.jsonb_typeof(Contact.attributes[name]) == "number"
    return case((or_(is_number, _of("string", name).op("~")(NUMBER)), cast(_text(name), Numeric)))


def _day(name: str) -> ColumnElement[str]:
    text = _of("string", name)
    return case((text.op("~")(DAY), func.left(text, 10).collate("C")))
