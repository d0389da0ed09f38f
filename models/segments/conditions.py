"""What a segment says, as values: compared, hashed and taken apart like any others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

FIELDS = ("name", "email", "domain", "locale", "zone", "tag", "joined")
COMPARED = ("=", "!=", "<", "<=", ">", ">=")
HOURS = {"hour": 1, "day": 24, "week": 7 * 24, "month": 30 * 24}


@dataclass(frozen=True)
class Span:
    """So many hours, days, weeks or months back from the moment when it is asked."""

    count: int
    unit: str

    @property
    def length(self) -> timedelta:
        return timedelta(hours=self.count * HOURS[self.unit])


Value = str | Decimal | bool | date | Span | None


@dataclass(frozen=True)
class Comparison:
    """`sign` is one of COMPARED, `contains`, `within` (a span), `set` or `missing`, which compare with nothing."""

    sign: str
    value: Value = None


@dataclass(frozen=True)
class Reference:
    """A newsletter, an edition, a segment or a list, by its number or its name; `at` is where the text names it."""

    number: int | None = None
    name: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Everybody:
    pass


@dataclass(frozen=True)
class Suppressed:
    pass


@dataclass(frozen=True)
class Field:
    """One of FIELDS."""

    name: str
    test: Comparison


@dataclass(frozen=True)
class Attribute:
    name: str
    test: Comparison


@dataclass(frozen=True)
class Standing:
    """How somebody stands with a newsletter, or with any; since when, if that is asked."""

    what: str
    newsletter: Reference | None = None
    when: Comparison | None = None


@dataclass(frozen=True)
class Editions:
    """One, the last so many, or any; of one newsletter or of all."""

    one: Reference | None = None
    last: int | None = None
    newsletter: Reference | None = None


@dataclass(frozen=True)
class Engagement:
    """What somebody did with an edition, or it with them; `link` is part of an address that was clicked."""

    what: str
    editions: Editions
    when: Comparison | None = None
    link: str = ""


@dataclass(frozen=True)
class Inclusion:
    """In a segment that is saved."""

    segment: Reference


@dataclass(frozen=True)
class OnList:
    """On a list of contacts."""

    list: Reference


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Condition", ...]


Leaf = Everybody | Suppressed | Field | Attribute | Standing | Engagement | Inclusion | OnList
Condition = Leaf | Not | All | Any


def all_of(*parts: Condition) -> Condition:
    """One is itself, and what is put together the same way is one row."""
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def any_of(*parts: Condition) -> Condition:
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, Any) else (part,)))
    return flat[0] if len(flat) == 1 else Any(flat)


def inside(condition: Condition) -> tuple[Condition, ...]:
    """What it is put together of; nothing when it stands by itself."""
    if isinstance(condition, Not):
        return (condition.part,)
    return condition.parts if isinstance(condition, All | Any) else ()


def leaves(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Not | All | Any):
        for part in inside(condition):
            yield from leaves(part)
    else:
        yield condition


def depth(condition: Condition) -> int:
    return 1 + max(map(depth, inside(condition)), default=0)


def references(leaf: Leaf) -> Iterator[tuple[str, Reference]]:
    """What it names, each with the kind of thing: newsletter, edition, segment or list."""
    if isinstance(leaf, Inclusion):
        yield "segment", leaf.segment
    elif isinstance(leaf, OnList):
        yield "list", leaf.list
    elif isinstance(leaf, Standing) and leaf.newsletter:
        yield "newsletter", leaf.newsletter
    elif isinstance(leaf, Engagement):
        for kind, reference in (("edition", leaf.editions.one), ("newsletter", leaf.editions.newsletter)):
            if reference:
                yield kind, reference
