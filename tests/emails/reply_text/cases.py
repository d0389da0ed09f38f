"""Labelled replies, from tests/files/replies/*.txt.

A file holds cases; lines that begin with `@@` divide them:

    @@ case what the mail is
    @@ in de, Apple Mail       its language and the program that sent it; `any` where that does not matter
    @@ anchors                 optional: one anchor a line
    @@ mail                    the text part, or `@@ html`, or both
    @@ answer                  what the person wrote; `@@ answer unsure` where the parser must say so

`␠` stands for a space that an editor would trim at a line's end, `␍` for a carriage return.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "files" / "replies"


@dataclass
class Case:
    name: str
    language: str = ""
    client: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def anchors(self) -> list[str]:
        return [line for line in self.parts.get("anchors", "").split("\n") if line]

    @property
    def sure(self) -> bool:
        return "answer unsure" not in self.parts

    @property
    def answer(self) -> str:
        return self.parts.get("answer", self.parts.get("answer unsure", ""))


def cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in _read(path)]


def _read(path: Path) -> list[Case]:
    found: list[Case] = []
    part = ""
    for line in path.read_text(encoding="utf-8").replace("␠", " ").replace("␍", "\r").split("\n"):
        if line.startswith("@@ case "):
            found.append(Case(f"{path.stem}: {line.removeprefix('@@ case ')}"))
        elif line.startswith("@@ in "):
            found[-1].language, _, found[-1].client = line.removeprefix("@@ in ").partition(", ")
        elif line.startswith("@@ "):
            part = line.removeprefix("@@ ")
            found[-1].parts[part] = ""
        elif found and part:
            found[-1].parts[part] += line + "\n"
    return found
