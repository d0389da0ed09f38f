"""Mail that no person wrote: told by its headers, by class (RFC 3834, RFC 3464 and what is in use besides)."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from emails import addresses
from emails.words import begins_with


class Class(StrEnum):
    LOOP = "loop"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto-reply"
    LIST = "list"
    MACHINE = "machine"


class Sign(NamedTuple):
    """What sort of machine, and how we know."""

    kind: Class
    words: str


def sign(sender: str, subject: str, headers: Mapping[str, Sequence[str]]) -> Sign | None:
    """The first sign that fits, or None for what a person seems to have written.

    Exchange sets X-Auto-Response-Suppress on what people write, so alone it is no sign.
    """
    if addresses.is_our_own(sender):
        return Sign(Class.LOOP, "our own mail came back")
    if _is(headers, "x-ms-exchange-inbox-rules-loop", bool) and _is(headers, "x-auto-response-suppress", _all):
        return Sign(Class.LOOP, "the header x-ms-exchange-inbox-rules-loop says so")
    for kind, name, fits in _SIGNS:
        if _is(headers, name, fits):
            return Sign(kind, f"the header {name} says so")
    return _of_sender(sender) or _of_subject(subject)


def _of_sender(sender: str) -> Sign | None:
    local = sender.partition("@")[0]
    if local in ("mailer-daemon", "postmaster") or not sender:
        return Sign(Class.BOUNCE, "sent by a mail server")
    if local.replace("-", "").replace("_", "").replace(".", "") in ("noreply", "donotreply"):
        return Sign(Class.MACHINE, "sent from an address that takes no answers")
    return None


def _of_subject(subject: str) -> Sign | None:
    return Sign(Class.AUTO_REPLY, "its subject says so") if begins_with(subject[:200], "auto") else None


def _is(headers: Mapping[str, Sequence[str]], name: str, fits: Callable[[str], bool]) -> bool:
    return any(fits(value.strip().lower()) for value in headers.get(name, ()))


def _all(value: str) -> bool:
    return value.strip() == "all"


def _yes(value: str) -> bool:
    return value not in ("", "no", "false", "0")


# In this order: a vacation note often has an empty Return-Path too, and a bounce is often auto-replied.
_SIGNS: tuple[tuple[Class, str, Callable[[str], bool]], ...] = (
    (Class.LOOP, "x-loop", bool),
    (Class.BOUNCE, "content-type", lambda value: value.startswith("multipart/report")),
    (Class.BOUNCE, "x-failed-recipients", bool),
    (
        Class.AUTO_REPLY,
        "auto-submitted",
        lambda value: value.partition(";")[0].strip() in ("auto-replied", "auto-notified"),
    ),
    (Class.AUTO_REPLY, "x-autoreply", _yes),
    (Class.AUTO_REPLY, "x-autorespond", bool),
    (Class.AUTO_REPLY, "x-autoresponder", bool),
    (Class.AUTO_REPLY, "x-mail-autoreply", bool),
    (Class.AUTO_REPLY, "precedence", lambda value: value == "auto_reply"),
    (Class.BOUNCE, "return-path", lambda value: value == "<>"),
    (Class.LIST, "list-id", bool),
    (Class.LIST, "precedence", lambda value: value in ("bulk", "junk", "list")),
    (Class.MACHINE, "auto-submitted", lambda value: value.partition(";")[0].strip() not in ("", "no")),
)
