"""What becomes of a row, before it is done and after."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    INVALID = "invalid"
    FAILED = "failed"


@dataclass
class Decision:
    """`changes` is `{what: [before, after]}`; `about` is what the kind itself needs to carry it out."""

    outcome: Outcome
    reason: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)
    subject_id: int | None = None
    about: Any = None
