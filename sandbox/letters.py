"""The latest messages whole, with bodies, headers and attachments: at most 2,000 of them and 128 MB."""

from collections import OrderedDict
from typing import Any

KEPT_MESSAGES = 2_000
KEPT_BYTES = 128 * 1024 * 1024
Letter = dict[str, Any]


class Letters:
    def __init__(self) -> None:
        self.kept: OrderedDict[int, Letter] = OrderedDict()
        self.bytes = 0

    def keep(self, seq: int, letter: Letter) -> None:
        self.kept[seq] = letter
        self.bytes += size(letter)
        while len(self.kept) > KEPT_MESSAGES or (self.bytes > KEPT_BYTES and len(self.kept) > 1):
            self.bytes -= size(self.kept.popitem(last=False)[1])

    def get(self, seq: int) -> Letter | None:
        return self.kept.get(seq)


def size(letter: Letter) -> int:
    """About how many bytes the bodies and attachments of a letter take."""
    attached = sum(len(attachment["Content"]) for attachment in letter.get("Attachments") or ())
    return len(letter.get("HtmlBody") or "") + len(letter.get("TextBody") or "") + attached
