"""Rows of a form that become a segment's text: for whoever would rather choose than type."""

import re
from collections.abc import Callable
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from models.segments.misread import Misread
from models.segments.parsing import parse
from models.segments.written import quoted, written
from web.fields import one_line

Args = MultiDict[str, str]


class Choice(NamedTuple):
    """`text` makes a condition of what the two fields hold; `about` and `value` tell what to type there."""

    label: str
    text: Callable[[str, str], str]
    value: str
    about: str = ""


def _attribute(sign: str) -> Callable[[str, str], str]:
    return lambda about, value: f"attribute {quoted(about)} {sign} {_literal(value)}"


def _plain(text: str) -> Callable[[str, str], str]:
    return lambda about, value: text.format(value)


def _quoted(text: str) -> Callable[[str, str], str]:
    return lambda about, value: text.format(quoted(value))


CHOICES = {
    "tag": Choice("has the tag", _quoted("tag = {}"), "tag"),
    "no-tag": Choice("does not have the tag", _quoted("tag != {}"), "tag"),
    "is": Choice("attribute is", _attribute("="), "value", "attribute"),
    "is-not": Choice("attribute is not", _attribute("!="), "value", "attribute"),
    "least": Choice("attribute is at least", _attribute(">="), "number or day", "attribute"),
    "less": Choice("attribute is less than", _attribute("<"), "number or day", "attribute"),
    "name": Choice("name contains", _quoted("name contains {}"), "part of a name"),
    "domain": Choice("address is at", _quoted("domain = {}"), "example.com"),
    "joined-within": Choice("joined in the last … days", _plain("joined in the last {} days"), "30"),
    "joined-since": Choice("joined since", _plain("joined since {}"), "2026-01-31"),
    "subscribed": Choice("subscribes to the newsletter", _quoted("subscribed to newsletter {}"), "its name"),
    "list": Choice("is on the list", _quoted("on list {}"), "its name"),
    "sent": Choice("was sent edition number", _plain("sent edition {}"), "7"),
    "opened": Choice("opened edition number", _plain("opened edition {}"), "7"),
    "opened-none": Choice(
        "opened none of the last … editions", _plain("not opened any of the last {} editions"), "5"
    ),
    "clicked": Choice("clicked in one of the last … editions", _plain("clicked any of the last {} editions"), "5"),
    "replied": Choice("replied to one of the last … editions", _plain("replied to any of the last {} editions"), "5"),
}  # fmt: skip


def text(args: Args) -> str:
    """The rows that somebody chose something in, put together; empty when there are none."""
    rows = zip(args.getlist("choice"), args.getlist("about"), args.getlist("value"), strict=False)
    return _between(args).join(
        CHOICES[choice].text(one_line(about), one_line(value)) for choice, about, value in rows if choice in CHOICES
    )


def joined(query: str, added: str, args: Args) -> str:
    """What was written before, and what the rows add to it; as it stands when it makes no sense."""
    together = f"({query.strip()}){_between(args)}{added}" if query.strip() else added
    try:
        return written(parse(together))
    except Misread:
        return together


def _between(args: Args) -> str:
    return " or " if args.get("join") == "or" else " and "


def _literal(value: str) -> str:
    """A number, a day, yes and no stand for themselves, anything else for a text."""
    is_plain = re.fullmatch(r"-?[0-9]{1,18}([.][0-9]{1,6})?|[0-9]{4}-[0-9]{2}-[0-9]{2}|yes|no", value, re.IGNORECASE)
    return value if is_plain else quoted(value)
