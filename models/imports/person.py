"""What a row says of a person in a team."""

from collections.abc import Mapping
from datetime import time
from typing import Any, NamedTuple

from models.imports import cells
from models.imports.cells import Unreadable
from models.membership import Role

LONGEST = 200  # characters of a name
ROLES = (Role.OBSERVER, Role.MEMBER, Role.EDITOR, Role.ADMIN)


class Person(NamedTuple):
    """What a row says; None and "" where it says nothing."""

    email: str
    name: str
    team: str
    reminder_hour: time | None
    digest_hour: time | None
    days: tuple[int, ...]
    zone: str
    role: str

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Person":
        """From `{field: cell}`. Raises `Unreadable`."""
        name, team = (" ".join(given.get(word, "").split()) for word in ("name", "team"))
        if not team:
            raise Unreadable("it names no team")
        if max(len(name), len(team)) > LONGEST:
            raise Unreadable(f"a name in it has more than {LONGEST} characters")
        return cls(cells.address(given.get("email", "")), name, team, *_manner(given))


def _manner(given: Mapping[str, str]) -> tuple[Any, ...]:
    asked, told, days, zone = (given.get(word, "") for word in ("reminder_hour", "digest_hour", "days", "zone"))
    role = given.get("role", "").strip().lower()
    if role and role not in ROLES:
        raise Unreadable(f"there is no role “{role[:40]}” to be given: it is observer, member, editor or admin")
    return (
        cells.hour(asked) if asked else None,
        cells.hour(told) if told else None,
        cells.days(days) if days else (),
        cells.zone(zone) if zone else "",
        role,
    )
