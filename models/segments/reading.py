"""What each rule of `grammar.lark` makes of what it found."""

import re
from datetime import date
from decimal import Decimal

from lark import Token, Transformer, v_args

from models.segments.conditions import (
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
    all_of,
    any_of,
    depth,
)
from models.segments.misread import Misread

DEEPEST = 12
LARGEST = 2**63 - 1
LONG_AGO = 10_000  # of a span's units; 1,000 months are 82 years
SIGNS = {"before": "<", "until": "<=", "on": "=", "since": ">=", "after": ">"}


class TooDeep(ValueError):
    pass


@v_args(inline=True)
class Reading(Transformer[Token, Condition]):
    def start(self, found: Condition) -> Condition:
        return found

    def either(self, *parts: Condition) -> Condition:
        return _shallow(any_of(*parts))

    def both(self, *parts: Condition) -> Condition:
        return _shallow(all_of(*parts))

    def negation(self, part: Condition) -> Condition:
        return _shallow(Not(part))

    def everybody(self) -> Condition:
        return Everybody()

    def suppressed(self) -> Condition:
        return Suppressed()

    def field(self, name: Token, test: Comparison) -> Condition:
        return Field(name.lower(), test)

    def attribute(self, name: Token, test: Comparison) -> Condition:
        return Attribute(_text(name) if name.type == "TEXT" else str(name), test)

    def standing(self, what: Token, newsletter: Reference | None, when: Comparison | None) -> Condition:
        return Standing(what.lower(), newsletter, when)

    def engagement(self, what: Token, editions: Editions, when: Comparison | None) -> Condition:
        return Engagement(what.lower(), editions, when)

    def click(self, link: Token | None, editions: Editions, when: Comparison | None) -> Condition:
        return Engagement("clicked", editions, when, _text(link) if link else "")

    def inclusion(self, segment: Reference) -> Condition:
        return Inclusion(segment)

    def listing(self, _: Token, named: Reference) -> Condition:
        return OnList(named)

    def test(self, sign: Token, value: Token) -> Comparison:
        if value.type == "TRUTH" and sign not in ("=", "!="):
            raise Misread("", value.start_pos or 0, "a text, a number or a day was expected")
        return Comparison(SIGNS.get(sign.lower(), sign.lower()), _value(value))

    def presence(self, sign: Token) -> Comparison:
        return Comparison(sign.lower())

    def span(self, count: Token, unit: Token) -> Comparison:
        return Comparison("within", Span(_whole(count, LONG_AGO), unit.lower().removesuffix("s")))

    def first(self, found: Token, *rest: Token) -> Token:
        return found

    def any_of_them(self) -> None:
        return None

    def one_edition(self, number: Token) -> Editions:
        return Editions(one=self.reference(number))

    def any_edition(self, newsletter: Reference | None) -> Editions:
        return Editions(newsletter=newsletter)

    def last_editions(self, count: Token, newsletter: Reference | None) -> Editions:
        return Editions(last=_whole(count, 100), newsletter=newsletter)

    def reference(self, given: Token) -> Reference:
        at = given.start_pos or 0
        return Reference(name=_text(given), at=at) if given.type == "TEXT" else Reference(_whole(given, LARGEST), at=at)


def _shallow(condition: Condition) -> Condition:
    if depth(condition) > DEEPEST:
        raise TooDeep(f"brackets and nots may be {DEEPEST} deep, and these are deeper")
    return condition


def _text(token: Token) -> str:
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def _value(token: Token) -> Value:
    if token.type == "DAY":
        return _day(token)
    if token.type == "TRUTH":
        return token.lower() in ("yes", "true")
    return Decimal(token) if token.type == "NUMBER" else _text(token)


def _day(token: Token) -> date:
    try:
        found = date.fromisoformat(token)
    except ValueError:
        raise Misread("", token.start_pos or 0, f"there is no day {token}") from None
    if not 1900 <= found.year <= 2200:
        raise Misread("", token.start_pos or 0, "a day from 1900 to 2200 was expected")
    return found


def _whole(token: Token, most: int) -> int:
    if not token.isdigit() or not 0 < int(token) <= most:
        raise Misread("", token.start_pos or 0, f"a whole number from 1 to {most:,} was expected")
    return int(token)
