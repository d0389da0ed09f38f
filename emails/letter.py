"""A finished mail to one person."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from emails.cutting import Body

# Mail that a machine writes says so, or vacation notes come back (RFC 3834, 5; Exchange's header is its own).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}
_NONE: Mapping[str, str] = MappingProxyType({})


class Letter(NamedTuple):
    """Subject and both bodies, ready to be sent. `to` is a bare address; `headers` are extra ones, by name.

    `str(letter.text)` and `str(letter.html)` are what people read; a body may still be in pieces.
    """

    subject: str
    text: str | Body
    html: str | Body
    tag: str
    to: str = ""
    sender: str = ""
    reply_to: str | None = None
    stream: str = ""
    headers: Mapping[str, str] = _NONE
    metadata: Mapping[str, str] = _NONE
    tracked: bool = False  # whether the provider counts opens and clicks

    def addressed(self, **changes: Any) -> "Letter":
        return self._replace(**changes)

    def checked(self) -> "Letter":
        """Itself. Raises `ValueError` for a line break in a header: a name with one would add headers of its own."""
        for value in (self.subject, self.to, self.sender, self.reply_to or "", *self.headers.values()):
            if "\r" in value or "\n" in value:
                raise ValueError("a header must not contain a line break")
        return self
