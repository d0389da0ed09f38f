"""To whom an answer to a digest speaks: to the person whose part stands quoted above each piece of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from emails.digest import Issue
from models.entry import Entry

MARKS = ("[ ]", "!", "-", "•", "goal:", "blocked:")
SURE = 20  # characters of an entry that a program has broken off


class Said(NamedTuple):
    """A piece of an answer; to everybody when `user_id` is None."""

    user_id: int | None
    entry_id: int | None
    text: str


def said(issue: Issue, sources: Iterable[str], answer: str, author_id: int) -> list[Said]:
    """The pieces of `answer`, which is what its author wrote in one of the `sources`: the mail's parts as text."""
    entries = [*issue.reading.entries, *issue.reading.late, *issue.reading.still_open]
    lines = [line.strip() for line in answer.splitlines()]
    pieces = next((found for source in sources if (found := _pieces(entries, source, lines))), [])
    whole = pieces or [Said(None, None, answer)]
    return [_addressed(piece, entries, author_id) for piece in whole if piece.text.strip()]


def _pieces(entries: Sequence[Entry], source: str, lines: Sequence[str]) -> list[Said]:
    """Both go on side by side: what is not the author's next line is quoted, and may say whose part follows."""
    found: list[Said] = []
    whose: tuple[int | None, int | None] = (None, None)
    place = 0
    for row in source.splitlines():
        while place < len(lines) and not lines[place]:
            place += 1
        if place < len(lines) and row.strip() == lines[place]:
            found = _joined(found, Said(*whose, lines[place]))
            place += 1
        else:
            whose = _quoted(entries, row) or whose
    return found if place and not any(lines[place:]) else []


def _joined(found: list[Said], piece: Said) -> list[Said]:
    if found and found[-1][:2] == piece[:2]:
        return [*found[:-1], piece._replace(text=f"{found[-1].text}\n{piece.text}")]
    return [*found, piece]


def _quoted(entries: Sequence[Entry], row: str) -> tuple[int | None, int | None] | None:
    """Whose name, or whose entry, this line of the digest is."""
    words = _bare(row)
    for entry in entries:
        body = " ".join(entry.body.replace("*", " ").split()).casefold()
        if words and (words == body or (len(words) >= SURE and body.startswith(words))):
            return entry.user_id, entry.id
    return next(((entry.user_id, None) for entry in entries if words == entry.user.display_name.casefold()), None)


def _bare(row: str) -> str:
    words = " ".join(row.replace(">", " ").replace("*", " ").split()).casefold()
    for mark in MARKS:
        words = words.removeprefix(mark).lstrip()
    return words


def _addressed(piece: Said, entries: Sequence[Entry], author_id: int) -> Said:
    """What stands under nobody's part is for whom it names first, or for the only other person there is."""
    others = {entry.user_id: entry.user.display_name for entry in entries if entry.user_id != author_id}
    if piece.user_id is None:
        named = [number for number, name in others.items() if _names(piece.text, name)]
        one = named or (list(others) if len(others) == 1 else [])
        return piece._replace(user_id=one[0] if one else None)
    return piece if piece.user_id in others else piece._replace(user_id=None, entry_id=None)


def _names(text: str, name: str) -> bool:
    """`Grace: …`, `@Grace …`, `Thanks Grace!`"""
    first = text.strip().splitlines()[0].casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in first).split()
    return any(part in words[:4] for part in name.casefold().split()[:1])
