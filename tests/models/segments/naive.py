"""Whether a condition holds for a person, decided one by one in plain Python: what SQL has to agree with."""

import re
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt

from models.segments.conditions import (
    All,
    Any,
    Attribute,
    Engagement,
    Everybody,
    Field,
    Inclusion,
    Not,
    OnList,
    Span,
    Standing,
)
from tests.models.segments.world import EDITIONS, NOW

SIGNS = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}


def holds(condition, person, segments):
    match condition:
        case Not():
            return not holds(condition.part, person, segments)
        case All():
            return all(holds(each, person, segments) for each in condition.parts)
        case Any():
            return any(holds(each, person, segments) for each in condition.parts)
        case Inclusion():
            return holds(segments[condition.segment.number], person, segments)
        case OnList():
            return person.listed
        case Everybody():
            return True
        case Field():
            return field(condition.name, condition.test, person)
        case Attribute():
            return attribute(person.attributes.get(condition.name), condition.test)
        case Standing():
            return stands(condition, person)
        case Engagement():
            return engaged(condition, person)
    return person.suppressed


def field(name, test, person):
    if name == "joined":
        return timely(person.joined, test)
    if name == "tag":
        has = {"set": bool(person.tags), "missing": not person.tags}
        return has.get(test.sign, (test.value in person.tags) == (test.sign == "="))
    value = person.email.split("@")[-1] if name == "domain" else getattr(person, name)
    if test.sign in ("set", "missing"):
        return bool(value) == (test.sign == "set")
    if test.sign == "contains":
        return test.value.lower() in value.lower()
    fold = str.lower if name in ("email", "domain", "locale") else str
    return (fold(value) == fold(test.value)) == (test.sign == "=")


def attribute(value, test):
    sign, wanted = test.sign, test.value
    if sign in ("set", "missing"):
        return (value not in (None, "")) == (sign == "set")
    if sign == "!=":
        return not attribute(value, type(test)("=", wanted))
    if isinstance(wanted, bool):
        said = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        return isinstance(said, str) and said.lower() in (("yes", "true") if wanted else ("no", "false"))
    if isinstance(wanted, Decimal):
        number = as_number(value)
        return number is not None and SIGNS[sign](number, wanted)
    if isinstance(wanted, date | Span):
        return bool(isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)) and on_day(value, test)
    if sign == "contains":
        return (
            wanted in value if isinstance(value, list) else isinstance(value, str) and wanted.lower() in value.lower()
        )
    return isinstance(value, str) and SIGNS[sign](value, wanted)


def as_number(value):
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,18}([.][0-9]{1,15})?", value):
        return None
    return Decimal(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def on_day(value, test):
    if isinstance(test.value, Span):
        return (NOW - test.value.length).date().isoformat() <= value[:10] <= NOW.date().isoformat()
    return SIGNS[test.sign](value[:10], test.value.isoformat())


def stands(leaf, person):
    return any(
        (leaf.newsletter is None or leaf.newsletter.number == newsletter) and stands_so(leaf, columns)
        for newsletter, columns in person.subscriptions.items()
    )


def stands_so(leaf, columns):
    state, paused = columns["state"], columns["paused_until"]
    known = {
        "subscribed": (state == "active", columns["created_at"]),
        "unconfirmed": (state == "unconfirmed", columns["created_at"]),
        "confirmed": (columns["consented_at"] is not None, columns["consented_at"]),
        "paused": (state == "active" and paused is not None and paused > NOW, columns["changed_at"]),
    }
    so, since = known.get(leaf.what, (state == leaf.what, columns["left_at"]))
    return so and (leaf.when is None or timely(since, leaf.when))


def engaged(leaf, person):
    return any(
        leaf.when is None or timely(moment, leaf.when)
        for each in meant(leaf.editions)
        for moment in did(leaf, person, each)
    )


def meant(editions):
    if editions.one:
        return [editions.one.number]
    out = sorted((ago, number) for number, (_, ago) in EDITIONS.items() if ago)
    mine = [n for _, n in out if editions.newsletter is None or EDITIONS[n][0] == editions.newsletter.number]
    return mine[: editions.last]


def did(leaf, person, edition):
    """The moments of it."""
    copy = person.copies.get(edition)
    if leaf.what == "replied":
        return [person.replies[edition]] if edition in person.replies else []
    if leaf.what in ("opened", "clicked"):
        what = "open" if leaf.what == "opened" else "click"
        seen = [each for each in person.events.get(edition, ()) if each[3] != "machine"]
        return [at for kind, at, link, _ in seen if kind == what and (not leaf.link or has(link, leaf.link))]
    if leaf.what == "bounced":
        return [copy["settled_at"]] if copy and copy["state"] == "bounced" else []
    return [copy["sent_at"]] if copy and copy["state"] in ("sent", "delivered", "bounced", "complained") else []


def has(link, part):
    return part.lower() in link.lower()


def timely(moment, test):
    if moment is None:
        return False
    if isinstance(test.value, Span):
        return NOW - test.value.length < moment <= NOW
    return SIGNS[test.sign](moment.date(), test.value)
