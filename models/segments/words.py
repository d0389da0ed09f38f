"""A condition in English, as a page says it to whoever wrote it: `tagged “vip” and not opened “Spring news”`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from models.segments.conditions import (
    All,
    Any,
    Attribute,
    Comparison,
    Condition,
    Editions,
    Engagement,
    Everybody,
    Field,
    Inclusion,
    Leaf,
    Not,
    OnList,
    Reference,
    Span,
    Standing,
    Value,
)
from models.segments.written import PREPOSITIONS, TIMES

Names = Mapping[tuple[str, int], str]  # `{("edition", 7): its subject}`

_SIGNS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "contains": "contains",
    "within": "was",
}
_PRESENCE = {"set": "is known", "missing": "is not known"}
_TAGS = {"=": "tagged", "!=": "not tagged", "set": "tagged with anything", "missing": "without tags"}
_VERBS = {"sent": "was sent", "replied": "replied to", "bounced": "was bounced by"}


def words(condition: Condition, names: Names) -> str:
    """`names` has what newsletters, editions and segments are called; of one that it lacks the number is told."""
    if isinstance(condition, Not):
        return f"not {_bracketed(condition.part, names)}"
    if isinstance(condition, All | Any):
        between = " and " if isinstance(condition, All) else " or "
        return between.join(_bracketed(each, names) for each in condition.parts)
    return _leaf(condition, names)


def _bracketed(condition: Condition, names: Names) -> str:
    said = words(condition, names)
    return f"({said})" if isinstance(condition, All | Any) else said


def _leaf(leaf: Leaf, names: Names) -> str:
    match leaf:
        case Everybody():
            return "everybody"
        case Field() | Attribute():
            return _compared(leaf.name, leaf.test, isinstance(leaf, Field))
        case Standing():
            newsletter = _named("newsletter", leaf.newsletter, names) if leaf.newsletter else "any newsletter"
            return f"{PREPOSITIONS.get(leaf.what, leaf.what)} {newsletter}{_timed(leaf.when)}"
        case Engagement():
            return f"{_did(leaf)} {_editions(leaf.editions, names)}{_timed(leaf.when)}"
        case Inclusion():
            return f"in the segment {_named('segment', leaf.segment, names)}"
        case OnList():
            return f"on the list {_named('list', leaf.list, names)}"
    return "suppressed, so that newsletters do not go there"


def _compared(name: str, test: Comparison, is_field: bool) -> str:
    if is_field and name == "tag":
        return _TAGS[test.sign] + (f" {_value(test.value)}" if test.value is not None else "")
    if is_field and name == "joined":
        return f"joined{_timed(test)}"
    if test.value is None:
        return f"{name} {_PRESENCE[test.sign]}"
    is_day = isinstance(test.value, date) and test.sign in TIMES
    return f"{name} is{_timed(test)}" if is_day else f"{name} {_SIGNS[test.sign]} {_value(test.value)}"


def _did(leaf: Engagement) -> str:
    return f"clicked a link with {_value(leaf.link)} in" if leaf.link else _VERBS.get(leaf.what, leaf.what)


def _timed(test: Comparison | None) -> str:
    if test is None:
        return ""
    return f" {_value(test.value)}" if test.sign == "within" else f" {TIMES[test.sign]} {_value(test.value)}"


def _value(value: Value) -> str:
    if isinstance(value, Span):
        return f"in the last {value.count} {value.unit}s" if value.count != 1 else f"in the last {value.unit}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else f"“{value}”"


def _editions(editions: Editions, names: Names) -> str:
    if editions.one:
        return _named("edition", editions.one, names)
    which = f"any of the last {editions.last} editions" if editions.last else "any edition"
    return f"{which} of {_named('newsletter', editions.newsletter, names)}" if editions.newsletter else which


def _named(kind: str, reference: Reference, names: Names) -> str:
    name = reference.name or names.get((kind, reference.number or 0))
    return f"“{name}”" if name else f"{kind} {reference.number}"
