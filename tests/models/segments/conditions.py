"""Conditions at random: whatever the grammar can say, of the few values that people in these tests have."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from models.segments.conditions import (
    Attribute,
    Comparison,
    Editions,
    Engagement,
    Everybody,
    Field,
    Not,
    OnList,
    Reference,
    Span,
    Standing,
    Suppressed,
    all_of,
    any_of,
)

STANDINGS = ("subscribed", "paused", "confirmed", "unconfirmed", "unsubscribed", "bounced", "complained")
DAYS = st.sampled_from([date(2026, 1, day) for day in (1, 15, 31)] + [date(1900, 1, 1), date(2200, 12, 31)])
SPANS = st.builds(Span, st.sampled_from([1, 3, 40, 10_000]), st.sampled_from(["hour", "day", "week", "month"]))
NAMES = ("plan", "seats", "trial", "renewed", "tags", "favourite tea", "opened", 'a"b\\c')
WORDS = (
    "pro",
    "Pro",
    "5",
    "5.0",
    "-1",
    "yes",
    "false",
    "2026-01-15",
    "tea",
    "",
    "o",
    "'; drop table contacts --",
    'a"“\\',
)
NUMBERS = st.sampled_from([Decimal(n) for n in ("5", "5.0", "-1", "0.5", "999999999999999")])


def comparisons(signs, values):
    return st.builds(Comparison, st.sampled_from(signs), values)


PRESENCE = st.builds(Comparison, st.sampled_from(["set", "missing"]))
TIMES = st.one_of(comparisons(["<", "<=", "=", ">=", ">"], DAYS), st.builds(Comparison, st.just("within"), SPANS))
COMPARED = ["=", "!=", "<", "<=", ">", ">="]
TEXTS = st.sampled_from(WORDS)
VALUES = st.one_of(
    comparisons(COMPARED, st.one_of(TEXTS, NUMBERS, DAYS)), comparisons(["=", "!="], st.booleans()),
    comparisons(["contains"], TEXTS), st.builds(Comparison, st.just("within"), SPANS), PRESENCE,
)  # fmt: skip


def leaves(references, numbers):
    """`references` are to newsletters, `numbers` to editions."""
    maybe = st.none() | references
    editions = st.one_of(
        st.builds(Editions, one=numbers),
        st.builds(Editions, last=st.none() | st.integers(1, 3), newsletter=maybe),
    )
    when = st.none() | TIMES
    return st.one_of(
        st.just(Everybody()),
        st.just(Suppressed()),
        st.just(OnList(Reference(1))),
        st.builds(
            Field, st.just("tag"), comparisons(["=", "!="], st.sampled_from(["vip", "VIP", "tea", "staff"])) | PRESENCE
        ),
        st.builds(
            Field,
            st.sampled_from(["name", "email", "domain", "locale", "zone"]),
            comparisons(["=", "!=", "contains"], st.sampled_from(["Ada", "a", "EXAMPLE.com", "de", "UTC", "x@y"]))
            | PRESENCE,
        ),
        st.builds(Field, st.just("joined"), TIMES),
        st.builds(Attribute, st.sampled_from(NAMES), VALUES),
        st.builds(Standing, st.sampled_from(STANDINGS), maybe, when),
        st.builds(Engagement, st.sampled_from(["sent", "opened", "replied", "bounced"]), editions, when),
        st.builds(
            Engagement, st.just("clicked"), editions, when, st.sampled_from(["", "pricing", "Example.com/", "a&b"])
        ),
    )


def conditions(references, numbers):
    return st.recursive(
        leaves(references, numbers),
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.lists(inner, min_size=2, max_size=3).map(lambda several: all_of(*several)),
            st.lists(inner, min_size=2, max_size=3).map(lambda several: any_of(*several)),
        ),
        max_leaves=6,
    )
