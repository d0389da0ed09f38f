"""What becomes of a row: before it is done, after, and when it is undone."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


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
    is_here: bool = False  # it is skipped for no other reason
    whom: str = ""  # the address that comes onto a list


class Done(NamedTuple):
    """What a row created or changed, which is to go back."""

    id: int
    import_id: int
    state: str
    key: str
    changes: dict[str, list[Any]]
    subject_id: int

    @property
    def has_made(self) -> bool:
        return self.state == Outcome.CREATED


@dataclass
class Return:
    """`kept`: what did not go back, and why; `told`: what else there is to know, such as a mail that is gone."""

    kept: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return "; ".join([*self.kept, *self.told])
