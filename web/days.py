"""One day of one team: who said what, what came after it had been read, and what was answered to it."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload

from models.carrying import carried
from models.comment import Comment
from models.digest import Digest
from models.entry import Entry
from models.inbound_email import InboundEmail, State
from models.prompt import Prompt
from models.team_member import TeamMember
from models.user import User

QUOTED = ("quote", "quote_header", "forwarded", "marker")  # other people's words


class Person(NamedTuple):
    """`late` holds the ids of entries that came when the day's digest had gone out."""

    user: User
    entries: Sequence[Entry]
    late: frozenset[int] = frozenset()


def people(tx: Session, team_id: int, day: date) -> list[Person]:
    """Those who answered, in the order of the alphabet, each with their entries in the order they were written."""
    entries = select(Entry).filter_by(team_id=team_id, local_date=day, deleted_at=None).options(joinedload(Entry.user))
    ordered = sorted(tx.scalars(entries), key=lambda e: (e.user.display_name.casefold(), e.user_id, e.id))
    late = _late(tx, team_id, day, ordered)
    return [Person(said[0].user, said, late) for _, group in groupby(ordered, _person) if (said := list(group))]


def said(tx: Session, places: Sequence[tuple[int, date]]) -> dict[int, list[Person]]:
    """Of several teams, each on its own day: `{team id: people}`. One query."""
    entries = select(Entry).where(tuple_(Entry.team_id, Entry.local_date).in_(places), Entry.deleted_at.is_(None))
    entries = entries.options(joinedload(Entry.user))
    found: dict[int, list[Person]] = {team_id: [] for team_id, _ in places}
    for (team_id, _), group in groupby(_ordered(tx.scalars(entries)) if places else [], _seat):
        lines = list(group)
        found[team_id].append(Person(lines[0].user, lines))
    return found


def comments(tx: Session, team_id: int, day: date) -> Sequence[Comment]:
    """What was answered to the day's digest, in the order it came."""
    return Comment.of_day(tx, team_id, day)


def taken_away(tx: Session, team_id: int, day: date, user_id: int) -> Sequence[Entry]:
    """What this person deleted of their day, to be put back."""
    mine = select(Entry).filter_by(team_id=team_id, local_date=day, user_id=user_id)
    return tx.scalars(mine.where(Entry.deleted_at.is_not(None)).order_by(Entry.id)).all()


def still_open(tx: Session, team_id: int, day: date) -> list[Person]:
    """Goals and blockers of earlier days, by person."""
    ordered = sorted(carried(tx, team_id, day), key=lambda e: (e.user.display_name.casefold(), e.user_id))
    return [Person(said[0].user, said) for _, group in groupby(ordered, _person) if (said := list(group))]


def left_out(tx: Session, team_id: int, day: date, user_id: int) -> list[tuple[int, int, str]]:
    """What was cut of this person's own mails of the day, but for what we had written: `[(mail, piece, text)]`."""
    mails = select(InboundEmail).join(Prompt, Prompt.id == InboundEmail.prompt_id).join(TeamMember)
    mine = mails.where(TeamMember.team_id == team_id, Prompt.local_date == day, TeamMember.user_id == user_id)
    found = tx.scalars(mine.filter_by(state=State.PROCESSED, incinerated_at=None).order_by(InboundEmail.id))
    return [(mail.id, place, text) for mail in found for place, text in _own(mail)]


def away(members: Sequence[TeamMember]) -> list[TeamMember]:
    return [member for member in members if member.is_away]


def _own(mail: InboundEmail) -> list[tuple[int, str]]:
    """Pieces that may have been meant, and have not been put back: `[(place among all, text)]`."""
    pieces = enumerate(mail.elided)
    return [(n, cut["text"]) for n, cut in pieces if cut["kind"] not in QUOTED and cut["text"] not in mail.restored]


def _late(tx: Session, team_id: int, day: date, entries: Sequence[Entry]) -> frozenset[int]:
    read_at = tx.scalar(select(Digest.created_at).filter_by(team_id=team_id, local_date=day))
    return frozenset(entry.id for entry in entries if read_at and entry.came_at > read_at)


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: (e.user.display_name.casefold(), *_seat(e), e.id))


def _seat(entry: Entry) -> tuple[int, int]:
    return entry.team_id, entry.user_id


def _person(entry: Entry) -> int:
    return entry.user_id
