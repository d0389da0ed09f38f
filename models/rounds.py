"""The rounds Postroom makes every minute: whom to ask, and who gets a digest.

Both take a page of the members whose moment has come and plan their next moment in the same transaction. Pages come one
after the other, whoever makes the round. Running twice at once, or again after a crash, asks nobody twice.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from models import clock, local_time
from models.delivery import Addressee, Delivery
from models.digest import Digest
from models.membership import Membership, Role
from models.prompt import Prompt
from models.team_member import TeamMember
from models.user import User

STILL_WELCOME = timedelta(hours=1)
# Rounds wait for each other here and not at the rows: one that passed over locked rows would ask their members a minute
# late, and two that lock the same members in another order would stop each other.
ONE_AT_A_TIME = 0x726F756E6473  # "rounds"


class Round(NamedTuple):
    """A page of a round: how many members it dealt with, and the deliveries that came of it."""

    members: int
    delivery_ids: list[int]


def ask(tx: Session, limit: int = 2_000) -> Round:
    """Asks the next `limit` members whose hour has come: a prompt and a delivery each.

    A reminder that comes late, because Postroom was down, is still sent on the day it was meant for or within the
    hour; otherwise it is passed over.
    """
    due = _due(tx, TeamMember.next_reminder_at, limit)
    now = clock.now()
    reading = _observers(tx, [member.id for member in due])
    asked = [(m, day) for m in due if m.id not in reading and (day := _day_to_ask(m, now))]
    emails = {member.id: member.email for member, _ in asked}
    prompts = tx.execute(_PROMPTS, _prompt_values(asked, now)).all() if asked else []
    to = (Addressee(prompt.workspace_id, prompt.id, emails[prompt.team_member_id]) for prompt in prompts)
    ids = Delivery.address(tx, "reminder", to)
    _plan(tx, "next_reminder_at", [(m.id, _next(m, m.reminder_hour, now)) for m in due])
    return Round(len(due), ids)


def digest(tx: Session, limit: int = 500) -> Round:
    """Addresses the last finished day of the team to the next `limit` readers whose hour has come."""
    due = _due(tx, TeamMember.next_digest_at, limit)
    now = clock.now()
    to = [addressee for member in due if (addressee := _reading(tx, member, _latest(member, member.digest_hour, now)))]
    ids = Delivery.address(tx, "digest", to)
    _plan(tx, "next_digest_at", [(m.id, _next(m, m.digest_hour, now)) for m in due])
    return Round(len(due), ids)


def _due(tx: Session, moment: object, limit: int) -> Sequence[Row]:
    at = moment.label("at")  # type: ignore[attr-defined]
    columns = [getattr(TeamMember, name) for name in _COLUMNS]
    due = select(*columns, User.email, at).join(User, User.id == TeamMember.user_id).where(at <= clock.now())
    tx.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    return tx.execute(due.order_by(at, TeamMember.id).limit(limit).with_for_update(of=TeamMember)).all()


def _observers(tx: Session, ids: Sequence[int]) -> set[int]:
    """Those of the members who read and are never asked."""
    here = (Membership.workspace_id == TeamMember.workspace_id) & (Membership.user_id == TeamMember.user_id)
    found = select(TeamMember.id).join(Membership, here).where(Membership.role == Role.OBSERVER)
    return set(tx.scalars(found.where(TeamMember.id.in_(ids)))) if ids else set()


_COLUMNS = ("id", "workspace_id", "team_id", "zone", "working_days", "reminder_hour", "digest_hour")


def _latest(member: Row, hour: time, now: datetime) -> datetime:
    """The last time that it was this member's hour: after downtime a later one than the one that was planned."""
    return max(member.at, local_time.last_moment(now, hour, member.zone, member.working_days) or member.at)


def _day_to_ask(member: Row, now: datetime) -> date | None:
    """The member's day to ask about, while it still makes sense to."""
    latest = _latest(member, member.reminder_hour, now)
    day = local_time.local_day(latest, member.zone)
    welcome = now - latest < STILL_WELCOME or local_time.local_day(now, member.zone) == day
    return day if welcome else None


def _next(member: Row, hour: time, now: datetime) -> datetime | None:
    return local_time.next_moment(now, hour, member.zone, member.working_days)


def _prompt_values(asked: list[tuple[Row, date]], now: datetime) -> dict[str, object]:
    return {
        "workspaces": [member.workspace_id for member, _ in asked],
        "members": [member.id for member, _ in asked],
        "days": [day for _, day in asked],
        "tokens": [Prompt.token_of(member.id, day) for member, day in asked],
        "now": now,
    }


def _reading(tx: Session, member: Row, at: datetime) -> Addressee | None:
    """The digest of the last day on which the team was asked before the reader's, unless nobody said a word."""
    asked = select(func.max(Prompt.local_date)).join(TeamMember).where(TeamMember.team_id == member.team_id)
    day = tx.scalar(asked.where(Prompt.local_date < local_time.local_day(at, member.zone)))
    found = Digest.of(tx, member.workspace_id, member.team_id, day) if day else None
    return (
        Addressee(member.workspace_id, found.id, member.email) if found and found.has_news(tx, member.email) else None
    )


def _plan(tx: Session, column: str, moments: list[tuple[int, datetime | None]]) -> None:
    if moments:
        values = {"ids": [number for number, _ in moments], "moments": [moment for _, moment in moments]}
        tx.execute(_PLANS[column], values)


_PROMPTS = text("""
    insert into prompts (workspace_id, team_member_id, local_date, reply_token, asked_at)
    select *, :now from unnest(cast(:workspaces as bigint[]), cast(:members as bigint[]), cast(:days as date[]),
                               cast(:tokens as text[]))
    on conflict (team_member_id, local_date) do update set asked_at = excluded.asked_at
    where prompts.answered_at is null
    returning id, workspace_id, team_member_id
""")

_PLANS = {
    "next_reminder_at": text("""
        update team_members m set next_reminder_at = p.moment
        from unnest(cast(:ids as bigint[]), cast(:moments as timestamptz[])) as p(id, moment) where m.id = p.id
    """),
    "next_digest_at": text("""
        update team_members m set next_digest_at = p.moment
        from unnest(cast(:ids as bigint[]), cast(:moments as timestamptz[])) as p(id, moment) where m.id = p.id
    """),
}
