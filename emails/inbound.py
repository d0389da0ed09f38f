"""A received mail as Postmark hands it over, read without believing too much of it."""

import json
import re
from dataclasses import dataclass
from email.utils import getaddresses, parseaddr
from functools import cached_property
from typing import Any

import orjson

from emails import addresses, pkcs7
from emails.machines import Sign, sign
from emails.mime import Content, content
from models.storable import clean_all

# Who else may know where the mail was going before somebody forwarded it.
ENVELOPE = ("delivered-to", "x-forwarded-to", "envelope-to", "x-envelope-to", "x-original-to")
MOST_RECIPIENTS = 100


class Malformed(ValueError):
    """Not a mail: what is wrong with it."""


@dataclass(frozen=True)
class Received:
    """The payload of one inbound webhook, as postmarkapp.com/developer/webhooks/inbound-webhook describes it.

    `mime` is the mail as it went over the wire, where we have it: its words come from there. `attached` is how many
    files came with it that its own HTML does not show.
    """

    payload: dict[str, Any]
    mime: bytes | None = None
    attached: int = 0

    @classmethod
    def read(cls, raw: bytes | memoryview, mime: bytes | None = None, attached: int = 0) -> "Received":
        """Raises `Malformed` unless it is a JSON object with a MessageID."""
        payload = _json(raw)
        if not isinstance(payload, dict) or not isinstance(payload.get("MessageID"), str) or not payload["MessageID"]:
            raise Malformed("an inbound mail is a JSON object with a MessageID")
        return cls(payload, mime, attached)

    @property
    def provider_id(self) -> str:
        return self.payload["MessageID"][:200]

    @property
    def message_id(self) -> str:
        """As the sender's program set it, without its angle brackets; empty when it did not."""
        return next(iter(self.headers.get("message-id", [])), "").strip().strip("<>")[:500]

    @cached_property
    def sender(self) -> str:
        """The bare From address in lower case, empty when there is none."""
        full = self.payload.get("FromFull")
        found = full.get("Email") if isinstance(full, dict) else None
        return parseaddr(str(found or self.word("From")))[1].strip().lower()[:320]

    @property
    def subject(self) -> str:
        return self.word("Subject")[:1000]

    @property
    def text(self) -> str:
        return self._content.text if self._content else self.word("TextBody")

    @property
    def html(self) -> str:
        return self._content.html if self._content else self.word("HtmlBody")

    @property
    def encrypted(self) -> bool:
        return self._content.encrypted if self._content else self._is_one_sealed_file

    @cached_property
    def headers(self) -> dict[str, list[str]]:
        """`{name in lower case: [values]}`, each name's values in the order of the mail."""
        found: dict[str, list[str]] = {}
        for name, value in self.header_lines:
            found.setdefault(name, []).append(value)
        return found

    @cached_property
    def header_lines(self) -> list[tuple[str, str]]:
        """`(name in lower case, value)` of each, from the top down."""
        given = [each for each in self.items("Headers") if isinstance(each, dict)]
        return [(str(each.get("Name", "")).lower(), str(each.get("Value", ""))) for each in given]

    @property
    def reply_tokens(self) -> list[str]:
        """What the mail says it is an answer to, most reliable first."""
        said = [addresses.token_in(each) for each in self._recipients()] + [self.word("MailboxHash").lower()]
        return list(dict.fromkeys(token for token in said if token))

    @property
    def answers_to(self) -> list[str]:
        """Postmark's ids of our mails that this one answers, by its threading headers; the nearest first."""
        named = " ".join(self.headers.get("in-reply-to", []) + self.headers.get("references", []))
        ids = [word.strip("<>") for word in named.replace(",", " ").split()]
        found = dict.fromkeys(each.partition("@")[0] for each in reversed(ids) if each.endswith("@mtasv.net"))
        return list(found)[:MOST_RECIPIENTS]

    @cached_property
    def machine(self) -> Sign | None:
        """Which sign says that a machine wrote this, or None. Such mail is never answered (RFC 3834, 2)."""
        return sign(self.sender, self.subject, self.headers)

    def word(self, key: str) -> str:
        found = self.payload.get(key)
        return found if isinstance(found, str) else ""

    def items(self, key: str) -> list[Any]:
        found = self.payload.get(key)
        return found if isinstance(found, list) else []

    @cached_property
    def _content(self) -> Content | None:
        """None as well for what could not be taken apart: then the provider's reading of it stands."""
        found = content(self.mime) if self.mime else None
        return found if found and (found.text or found.html or found.encrypted) else None

    @property
    def _is_one_sealed_file(self) -> bool:
        """What the provider hands over of what it can not read; where it was only signed, its words were put there."""
        named = [
            (str(each.get("ContentType", "")).lower(), str(each.get("Name", "")))
            for each in self.items("Attachments")
            if isinstance(each, dict)
        ]
        return len(named) == 1 and not self.text and not self.html and pkcs7.is_wrapping(*named[0], is_all=True)

    def _recipients(self) -> list[str]:
        full = [each.get("Email", "") for key in _FULL for each in self.items(key) if isinstance(each, dict)]
        passed = getaddresses([value for name in ENVELOPE for value in self.headers.get(name, [])][:MOST_RECIPIENTS])
        named = [*map(str, full), *(address for _, address in passed)]
        return [self.word("OriginalRecipient"), *named[:MOST_RECIPIENTS]]


_FULL = ("ToFull", "CcFull", "BccFull")
_NUL = re.compile(rb"\\u0000")


def _json(raw: bytes | memoryview) -> Any:
    """Fast where nothing is odd: the slow way keeps half characters, and takes out what PostgreSQL does not hold."""
    if not _NUL.search(raw):
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            pass
    try:
        return clean_all(json.loads(bytes(raw)))
    except (ValueError, RecursionError) as problem:
        raise Malformed(f"not JSON: {problem}") from None
