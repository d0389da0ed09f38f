"""The lines of one mail, and whose each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

AUTHOR = ""
QUOTE = "quote"
QUOTE_HEADER = "quote_header"
SIGNATURE = "signature"
TAGLINE = "tagline"
DISCLAIMER = "disclaimer"
FORWARDED = "forwarded"
MARKER = "marker"
OVERFLOW = "overflow"

SIGNED = (SIGNATURE, TAGLINE, DISCLAIMER)
DASHES = "-–"
DOTS = "•·‣▪◦○●■"


@dataclass(slots=True)
class Line:
    text: str
    kind: str = AUTHOR
    boxed: bool = False  # inside an HTML blockquote that may be the author's own
    fenced: bool = False  # inside ``` fences, where no rule applies
    held: bool = False  # cut only for where it stands, so it may be given back

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def theirs(self) -> bool:
        return self.kind == AUTHOR


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of lines that was cut: what it was taken for, and its text."""

    kind: str
    text: str


def is_bullet(text: str) -> bool:
    """True of a list item (`- x`, `-x`, `* x`, `• x`, `1. x`, `[x] y`); never of a bare rule such as `--` or `***`."""
    body = text.strip()
    if not body or body[0].isalpha():
        return False
    if _is_dashed(body) or _is_numbered(body) or body.startswith(("[ ]", "[]", "[x]", "[X]")):
        return any(map(str.isalnum, body[:200]))
    return False


def _is_dashed(body: str) -> bool:
    """`-x` is an item, `*x*` is bold and `+49` a telephone."""
    return (
        body[0] in DOTS
        or (body[0] in DASHES and body[1:2] != body[0] and not _is_framed(body))
        or body[:2] in {"* ", "+ ", "— "}
    )


def _is_framed(body: str) -> bool:
    """`-Sales-` is decoration."""
    return len(body) < 40 and body[-1] == body[0] and body[1:-1].replace(" ", "").isalpha() and body[1] != " "


def _is_numbered(body: str) -> bool:
    """`1. x`, `2) x` and `(3) x`; not `1.5 hours` and not the telephone `(11) 5555-0101`."""
    head = body[:4].lstrip("(")
    digits = len(head) - len(head.lstrip("0123456789"))
    rest = head[digits + 1 :] + body[4:12]
    closed = 0 < digits < 3 and head[digits : digits + 1] in {".", ")"} and not rest[:1].isdigit()
    return closed and not (body[0] == "(" and rest.lstrip()[:1].isdigit())


def runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """The author's blocks, as half-open ranges of line numbers."""
    at = 0
    for theirs, group in groupby(lines, key=lambda line: line.theirs):
        size = sum(1 for _ in group)
        if theirs:
            yield at, at + size
        at += size


def pieces(lines: list[Line]) -> tuple[Piece, ...]:
    """What was cut, in order; blank runs are nothing and are left out."""
    cut = (Piece(kind, shown(list(group))) for kind, group in groupby(lines, key=lambda line: line.kind) if kind)
    return tuple(piece for piece in cut if piece.text)


def words(lines: list[Line], kinds: tuple[str, ...] = (AUTHOR,)) -> str:
    """The lines of these kinds; blocks that stood apart stay apart by a blank line."""
    groups = groupby(lines, key=lambda line: line.kind in kinds)
    blocks = (shown(list(group)) for kept, group in groups if kept)
    return "\n\n".join(block for block in blocks if block)


def shown(lines: list[Line]) -> str:
    """Lines as text: no trailing spaces, no blank edges, at most three blank lines in a row."""
    kept: list[str] = []
    blanks = 3
    for line in lines:
        text = line.text.rstrip()
        blanks = 0 if text else blanks + 1
        if blanks <= 3:
            kept.append(text)
    return "\n".join(kept).strip("\n")
