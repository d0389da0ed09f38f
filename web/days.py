"""A day of a team: who said what, what came after it had been read, and what was answered to it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload

from models.carrying import Place, carried
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


Said = dict[int, list[Person]]  # by team


def people(tx: Session, team_id: int, day: date) -> list[Person]:
    """Those who answered, in the order of the alphabet, each with their entries in the order they were written."""
    return said(tx, [(team_id, day)])[team_id]


def said(tx: Session, places: Sequence[Place]) -> Said:
    """The same of several teams, each on its own day. Two queries."""
    entries = select(Entry).where(tuple_(Entry.team_id, Entry.local_date).in_(places), Entry.deleted_at.is_(None))
    found = tx.scalars(entries.options(joinedload(Entry.user)).order_by(Entry.id)) if places else ()
    return _by_team(places, found, _read_at(tx, places))


def comments(tx: Session, team_id: int, day: date) -> Sequence[Comment]:
    """What was answered to the day's digest, in the order it came."""
    return Comment.of_day(tx, team_id, day)


def taken_away(tx: Session, team_id: int, day: date, user_id: int) -> Sequence[Entry]:
    """What this person deleted of their day, to be put back."""
    mine = select(Entry).filter_by(team_id=team_id, local_date=day, user_id=user_id)
    return tx.scalars(mine.where(Entry.deleted_at.is_not(None)).order_by(Entry.id)).all()


def still_open(tx: Session, places: Sequence[Place]) -> Said:
    """Goals and blockers of earlier days, by team and person, the oldest first. One query."""
    return _by_team(places, carried(tx, places), {})


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


def _read_at(tx: Session, places: Sequence[Place]) -> dict[int, datetime]:
    """When the day's digest went out, of teams whose has: what comes after that is late."""
    sent = select(Digest.team_id, Digest.created_at).where(tuple_(Digest.team_id, Digest.local_date).in_(places))
    return {team_id: at for team_id, at in tx.execute(sent)} if places else {}  # noqa: C416


def _by_team(places: Sequence[Place], entries: Iterable[Entry], read_at: Mapping[int, datetime]) -> Said:
    """Each person's in the order in which they are given."""
    found: Said = {team_id: [] for team_id, _ in places}
    by_name = sorted(entries, key=lambda e: (e.user.display_name.casefold(), *_seat(e)))
    for (team_id, _), group in groupby(by_name, _seat):
        lines, at = list(group), read_at.get(team_id)
        late = frozenset(entry.id for entry in lines if at and entry.came_at > at)
        found[team_id].append(Person(lines[0].user, lines, late))
    return found


def _seat(entry: Entry) -> tuple[int, int]:
    return entry.team_id, entry.user_id
