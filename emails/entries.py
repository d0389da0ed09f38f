"""An answer as entries, one line an entry.

    entries("Today:\\n- parser\\n- [ ] deploy\\n\\nBlockers:\\n- no staging")
    [Line("done", "parser"), Line("goal", "deploy"), Line("blocker", "no staging")]

What a line is, the first that applies:

- `[ ] x`, `[] x` or `☐ x` is a goal, `[x] x` or `☑ x` is done, `! x` is a blocker, behind a bullet or not;
- a heading (`Today:`, `Tomorrow:`, `Blockers:` and their like in some twenty languages) is no entry: it says what the
  lines below it are, up to the next heading, or what follows it in its own line. It needs its colon, a `#` or bold
  face, or items below it;
- below a more deeply indented item's parent, what the parent is;
- else it is done.

Bullets (`-`, `*`, `•`, `・`, `1.`) go, and numbers only where they count on, so that "3. Mai" stays a date. A nested
item is an entry of its own, after its parent. A line is part of the one above it if it is indented below it, or begins
small where that one is at least 65 characters long and ends no sentence. Blockers that are "none" are kept as done,
with their heading, so that nobody is alarmed. No other word is dropped: greetings and unknown headings are entries,
and only lines without any word (`---`) are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from emails.replies.headings import BLOCKER, DONE, GOAL, KINDS, NOTHING

WRAPPED = 65  # characters from which on a line may have been wrapped by a program

_BULLET = re.compile(r"(?:[•·‣▪◦○●■・･]|[-–](?![-–\d])|[*+—](?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_MARKS = (
    (re.compile(r"(?:\[\s?\]|☐|□)\s*(?=\S)"), GOAL),
    (re.compile(r"(?:\[[xX✓✔]\]|[☑☒✓✔])\ufe0f?\s*(?=\S)"), DONE),
    (re.compile(r"[!！]\s*(?=\w)"), BLOCKER),
)
_WORDLESS = "-_=*~#.•–—·+|>[]() \t"
_STOPS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "…")


class Line(NamedTuple):
    """An entry: `kind` is done, goal or blocker; `text` is one line without bullet or mark, never empty."""

    kind: str
    text: str


def entries(text: str) -> list[Line]:
    """The entries of an answer, in its order."""
    reading = _Reading()
    rows = text.expandtabs(4).splitlines()
    for row, below in zip(rows, [*rows[1:], ""], strict=False):
        reading.read(row, below)
    return [Line(item.kind, " ".join(item.parts)) for item in reading.items]


@dataclass(slots=True)
class _Item:
    kind: str
    indent: int
    bulleted: bool
    parts: list[str] = field(default_factory=list)
    last: str = ""  # its last line, as it stood there


class _Reading:
    """Reads an answer line by line, knowing the heading it is under."""

    def __init__(self) -> None:
        self.items: list[_Item] = []
        self.parents: list[_Item] = []  # the open items a deeper one may be nested in, outermost first
        self.kind = DONE
        self.heading = ""
        self.number = 0
        self.apart = True  # is a blank line, or nothing, above

    def read(self, row: str, below: str) -> None:
        body = row.strip()
        if not body.strip(_WORDLESS):
            self.apart = self.apart or not body
            return
        indent = len(row) - len(row.lstrip())
        bare = self._unbulleted(body)
        if bare == body and self._continues(row, body, indent):
            self.items[-1].parts.append(body)
            self.items[-1].last = row
        elif not (bare == body and self._is_heading(body, below)):
            self._add(bare, indent, row)
        self.apart = False

    def _unbulleted(self, body: str) -> str:
        bullet, number = _BULLET.match(body), _NUMBER.match(body)
        if number and int(number[1]) in {1, self.number + 1}:
            self.number = int(number[1])
            return body[number.end() :]
        return body[bullet.end() :] if bullet else body

    def _continues(self, row: str, body: str, indent: int) -> bool:
        """Is this line the rest of the one above, which a program wrapped or a person indented?"""
        if self.apart or not self.items or any(mark.match(body) for mark, _ in _MARKS):
            return False
        item, above = self.items[-1], self.items[-1].last
        if (indent > item.indent or (indent == item.indent > 0 and item.bulleted)) and not above.rstrip().endswith(
            (":", "：")
        ):
            return True
        return body[:1].islower() and len(above.rstrip()) >= WRAPPED and not above.rstrip().endswith(_STOPS)

    def _is_heading(self, body: str, below: str) -> bool:
        drawn = body.strip("*_# ")
        word = drawn.rstrip(":： ")
        kind = KINDS.get(word.casefold())
        if kind is None:
            return False
        bullet = below.lstrip()
        if drawn == word == body and not (word.endswith("?") or _BULLET.match(bullet) or _NUMBER.match(bullet)):
            return False
        self.kind, self.heading, self.parents = kind, word, []
        return True

    def _add(self, bare: str, indent: int, row: str) -> None:
        while self.parents and self.parents[-1].indent >= indent:
            self.parents.pop()
        kind, text = self._understood(bare)
        item = _Item(kind, indent, bare != row.strip(), [text], row)
        self.items.append(item)
        self.parents.append(item)

    def _understood(self, bare: str) -> tuple[str, str]:
        for mark, kind in _MARKS:
            if found := mark.match(bare):
                return kind, bare[found.end() :]
        if self.kind == BLOCKER and _says_nothing(bare):
            return DONE, f"{self.heading}: {bare}"
        return self._headed(bare) or (self.parents[-1].kind if self.parents else self.kind, bare)

    def _headed(self, bare: str) -> tuple[str, str] | None:
        """`Tomorrow: write the docs` has its heading in its own line."""
        head, colon, rest = bare.replace("：", ": ").partition(":")
        kind = KINDS.get(head.strip("*_ ").casefold()) if colon else None
        said = rest.strip(" *_")
        if not kind or not said or rest[:1].strip():
            return None
        return (DONE, bare) if kind == BLOCKER and _says_nothing(said) else (kind, said)


def _says_nothing(text: str) -> bool:
    return text.strip(" .!-–—。").casefold() in NOTHING
