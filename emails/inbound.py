"""A received mail as Postmark hands it over, read without believing too much of it."""

import json
from dataclasses import dataclass
from email.utils import getaddresses
from functools import cached_property
from typing import Any

from emails import addresses
from models.inbound_email import clean_all

# Who else may know where the mail was going before somebody forwarded it.
ENVELOPE = ("delivered-to", "x-forwarded-to", "envelope-to", "x-envelope-to", "x-original-to")
PRECEDENCE = ("bulk", "junk", "list", "auto_reply")


class Malformed(ValueError):
    """Not a mail: what is wrong with it."""


@dataclass(frozen=True)
class Received:
    """The payload of one inbound webhook, as postmarkapp.com/developer/webhooks/inbound-webhook describes it."""

    payload: dict[str, Any]

    @classmethod
    def read(cls, raw: bytes) -> "Received":
        """Raises `Malformed` unless it is a JSON object with a MessageID."""
        try:
            payload = clean_all(json.loads(raw))
        except (ValueError, RecursionError) as problem:
            raise Malformed(f"not JSON: {problem}") from None
        if not isinstance(payload, dict) or not isinstance(payload.get("MessageID"), str) or not payload["MessageID"]:
            raise Malformed("an inbound mail is a JSON object with a MessageID")
        return cls(payload)

    @property
    def provider_id(self) -> str:
        return self.payload["MessageID"][:200]

    @property
    def sender(self) -> str:
        """The bare From address in lower case, empty when there is none."""
        full = self.payload.get("FromFull")
        found = full.get("Email") if isinstance(full, dict) else None
        return str(found or self._text("From")).strip().lower()[:320]

    @property
    def subject(self) -> str:
        return self._text("Subject")[:1000]

    @property
    def text(self) -> str:
        return self._text("TextBody")

    @property
    def html(self) -> str:
        return self._text("HtmlBody")

    @cached_property
    def headers(self) -> dict[str, list[str]]:
        """`{name in lower case: [values]}`."""
        found: dict[str, list[str]] = {}
        for header in self._list("Headers"):
            if isinstance(header, dict):
                found.setdefault(str(header.get("Name", "")).lower(), []).append(str(header.get("Value", "")))
        return found

    @property
    def reply_tokens(self) -> list[str]:
        """What the mail says it is an answer to, most reliable first."""
        said = [addresses.token_in(each) for each in self._recipients()] + [self._text("MailboxHash").lower()]
        return list(dict.fromkeys(token for token in said if token))

    @property
    def answers_to(self) -> list[str]:
        """Postmark's ids of our mails that this one answers, by its threading headers; the nearest first."""
        named = " ".join(self.headers.get("in-reply-to", []) + self.headers.get("references", []))
        ids = [word.strip("<>") for word in named.replace(",", " ").split()]
        return list(dict.fromkeys(each.partition("@")[0] for each in reversed(ids) if each.endswith("@mtasv.net")))

    @property
    def machine(self) -> str | None:
        """Which sign says that a machine wrote this, or None. Such mail is never answered (RFC 3834, 2)."""
        if addresses.is_our_own(self.sender):
            return "our own mail came back"
        for name, is_sign in _SIGNS.items():
            if any(is_sign(value.strip().lower()) for value in self.headers.get(name, [])):
                return f"the header {name} says so"
        local = self.sender.partition("@")[0]
        return "sent by a mail server" if local in ("mailer-daemon", "postmaster") or not self.sender else None

    def _recipients(self) -> list[str]:
        full = [each.get("Email", "") for key in _FULL for each in self._list(key) if isinstance(each, dict)]
        passed = getaddresses([value for name in ENVELOPE for value in self.headers.get(name, [])])
        return [self._text("OriginalRecipient"), *map(str, full), *(address for _, address in passed)]

    def _text(self, key: str) -> str:
        found = self.payload.get(key)
        return found if isinstance(found, str) else ""

    def _list(self, key: str) -> list[Any]:
        found = self.payload.get(key)
        return found if isinstance(found, list) else []


_FULL = ("ToFull", "CcFull", "BccFull")

# Exchange sets X-Auto-Response-Suppress on what people write, so it is no sign.
_SIGNS = {
    "auto-submitted": lambda value: value.partition(";")[0].strip() not in ("", "no"),
    "x-autoreply": lambda value: value not in ("", "no"),
    "x-autorespond": bool,
    "precedence": lambda value: value in PRECEDENCE,
    "list-id": bool,
    "x-failed-recipients": bool,
    "return-path": lambda value: value == "<>",
    "content-type": lambda value: value.startswith("multipart/report"),
}
