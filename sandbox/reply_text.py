"""StrippedTextReply: the new part of a reply, found the way Postmark does it, English clients only."""

import re

QUOTE_HEADERS = (
    re.compile(r"^On\b.{0,300}?\bwrote:\s*$", re.MULTILINE | re.DOTALL),
    re.compile(r"^-{2,}\s*Original Message\s*-{2,}\s*$", re.MULTILINE | re.IGNORECASE),
    re.compile(r"^_{20,}\s*$", re.MULTILINE),
    re.compile(r"^\*?From:\*? .+\n(?:.*\n)?\*?(?:Sent|Date|To):\*? ", re.MULTILINE),
)
SIGNATURES = (
    re.compile(r"^-- ?$", re.MULTILINE),
    re.compile(r"^Sent from my .{1,40}$", re.MULTILINE),
    re.compile(r"^Get Outlook for .{1,40}$", re.MULTILINE),
)


def stripped_reply(text: str) -> str:
    """The text above the first quoted header or signature, without `>` lines."""
    text = text.replace("\r\n", "\n")
    ends = [found.start() for pattern in QUOTE_HEADERS + SIGNATURES if (found := pattern.search(text))]
    kept = text[: min(ends, default=len(text))]
    return "\n".join(line for line in kept.split("\n") if not line.startswith(">")).strip()
