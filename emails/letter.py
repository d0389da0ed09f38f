"""A finished mail to one person."""

from dataclasses import dataclass, field, replace

# Mail that a machine writes says so, or vacation notes come back (RFC 3834, 5; Exchange's header is its own).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}


@dataclass(frozen=True)
class Letter:
    """Subject and both bodies, ready to be sent. `to` is a bare address; `headers` are extra ones, by name."""

    subject: str
    text: str
    html: str
    tag: str
    to: str = ""
    sender: str = ""
    reply_to: str | None = None
    stream: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    tracked: bool = False  # whether the provider counts opens and clicks

    def addressed(self, **changes: object) -> "Letter":
        return replace(self, **changes)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        """A line break in a header would let a subscriber's name add headers of its own."""
        for value in (self.subject, self.to, self.sender, self.reply_to or "", *self.headers.values()):
            if "\r" in value or "\n" in value:
                raise ValueError("a header must not contain a line break")
