"""One day of one team: who said what."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.entry import Entry
from models.user import User


class Person(NamedTuple):
    user: User
    entries: Sequence[Entry]


def people(tx: Session, team_id: int, day: date) -> list[Person]:
    """Those who answered, in the order of the alphabet, each with their entries in the order they were written."""
    entries = select(Entry).filter_by(team_id=team_id, local_date=day).options(joinedload(Entry.user))
    ordered = sorted(tx.scalars(entries), key=lambda e: (e.user.display_name.casefold(), e.user_id, e.id))
    return [Person(said[0].user, said) for _, group in groupby(ordered, _person) if (said := list(group))]


def _person(entry: Entry) -> int:
    return entry.user_id
