"""A condition as text again, always the same for the same condition: what is kept, and what a URL carries."""

import re
from datetime import date
from decimal import Decimal
from functools import singledispatch

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
    Not,
    OnList,
    Reference,
    Span,
    Standing,
    Suppressed,
    Value,
)

TIMES = {"<": "before", "<=": "until", "=": "on", ">=": "since", ">": "after"}
PREPOSITIONS = {
    "subscribed": "subscribed to",
    "paused": "paused on",
    "unconfirmed": "unconfirmed for",
    "unsubscribed": "unsubscribed from",
    "bounced": "bounced from",
    "complained": "complained about",
}
VERBS = {"replied": "replied to", "bounced": "bounced by"}
OURS = {
    *("not", "everybody", "suppressed", "name", "email", "domain", "locale", "zone", "tag", "joined", "attribute"),
    *("subscribed", "paused", "confirmed", "unconfirmed", "unsubscribed", "bounced", "complained", "sent", "opened"),
    *("clicked", "replied", "in", "on", "and", "or"),
}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@singledispatch
def written(condition: Condition) -> str:
    raise TypeError(condition)


@written.register
def _(condition: Everybody) -> str:
    return "everybody"


@written.register
def _(condition: Suppressed) -> str:
    return "suppressed"


@written.register
def _(condition: Field) -> str:
    return f"{condition.name} {_tested(condition.test)}"


@written.register
def _(condition: Attribute) -> str:
    is_plain = _PLAIN.fullmatch(condition.name) and condition.name.lower() not in OURS
    return f"{condition.name if is_plain else f'attribute {quoted(condition.name)}'} {_tested(condition.test)}"


@written.register
def _(condition: Standing) -> str:
    newsletter = _newsletter(condition.newsletter) if condition.newsletter else "any newsletter"
    return f"{PREPOSITIONS.get(condition.what, condition.what)} {newsletter}{_timed(condition.when)}"


@written.register
def _(condition: Engagement) -> str:
    verb = f"clicked {quoted(condition.link)} in" if condition.link else VERBS.get(condition.what, condition.what)
    return f"{verb} {_editions(condition.editions)}{_timed(condition.when)}"


@written.register
def _(condition: Inclusion) -> str:
    return f"in segment {_reference(condition.segment)}"


@written.register
def _(condition: OnList) -> str:
    return f"on list {_reference(condition.list)}"


@written.register
def _(condition: Not) -> str:
    return f"not {_bracketed(condition.part)}"


@written.register
def _(condition: All) -> str:
    return " and ".join(written(each) if not isinstance(each, Any) else _bracketed(each) for each in condition.parts)


@written.register
def _(condition: Any) -> str:
    return " or ".join(map(written, condition.parts))


def quoted(text: str) -> str:
    return '"' + re.sub(r'(["“”\\])', r"\\\1", text) + '"'


def _bracketed(condition: Condition) -> str:
    return f"({written(condition)})" if isinstance(condition, All | Any) else written(condition)


def _tested(test: Comparison) -> str:
    if test.sign in ("set", "missing"):
        return f"is {test.sign}"
    is_day = isinstance(test.value, date)
    return f"{TIMES.get(test.sign, test.sign) if is_day else test.sign} ".replace("within ", "") + _value(test.value)


def _timed(test: Comparison | None) -> str:
    return f" {_tested(test)}" if test else ""


def _value(value: Value) -> str:
    if isinstance(value, Span):
        return f"in the last {value.count} {value.unit}{'s' if value.count != 1 else ''}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else quoted(value or "")


def _editions(editions: Editions) -> str:
    if editions.one:
        return f"edition {_reference(editions.one)}"
    which = f"any of the last {editions.last} editions" if editions.last else "any edition"
    return f"{which} of {_newsletter(editions.newsletter)}" if editions.newsletter else which


def _newsletter(reference: Reference) -> str:
    return f"newsletter {_reference(reference)}"


def _reference(reference: Reference) -> str:
    return str(reference.number) if reference.number else quoted(reference.name)
