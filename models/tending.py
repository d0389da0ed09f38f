"""What people do to their entries after they have been written."""

from datetime import date

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models import clock
from models.digest import Digest
from models.entry import Entry, Kind, Outcome
from models.prompt import Prompt
from models.team_member import TeamMember


def tick(tx: Session, goal: Entry, member: TeamMember, day: date) -> Entry | None:
    """The goal is done: an entry of that day says so, and knows its goal. None where somebody was faster.

    The same goal from other days is done with it. It is no answer for the day, about which its author is still asked.
    """
    if not _closed(tx, goal, Outcome.DONE, day):
        return None
    prompt = Prompt.on(tx, member, day)
    known = next((e for e in prompt.entries if (e.kind, e.body, e.deleted_at) == (Kind.DONE, goal.body, None)), None)
    done = known or prompt.note(tx, [(Kind.DONE, goal.body)])[0]
    done.goal_id = done.goal_id or goal.id
    return done


def close(tx: Session, entry: Entry, outcome: Outcome, day: date) -> bool:
    """Drops a goal or resolves a blocker, and what says the same; False where somebody was faster."""
    return _closed(tx, entry, outcome, day)


def reopen(tx: Session, entry: Entry) -> None:
    """A goal or a blocker is open again; what ticking it had made is gone."""
    entry.outcome, entry.closed_on = "", None
    for done in tx.scalars(select(Entry).filter_by(goal_id=entry.id, deleted_at=None)):
        done.deleted_at = clock.now()


def move(tx: Session, entry: Entry, member: TeamMember, day: date) -> None:
    """To another day of its author's. Whoever reads that day later finds it there; whoever has, as what came late."""
    if day != entry.local_date:
        entry.prompt_id, entry.local_date = Prompt.on(tx, member, day).id, day
        entry.moved_at = entry.edited_at = clock.now()


def delete(tx: Session, entry: Entry) -> None:
    """Nobody reads it any more, and its author can put it back. A goal that it ticked is open again."""
    entry.deleted_at = entry.deleted_at or clock.now()
    untick(tx, entry)


def untick(tx: Session, done: Entry) -> None:
    """The goal that this was said about is open again."""
    goal = tx.get(Entry, done.goal_id) if done.goal_id else None
    if goal:
        goal.outcome, goal.closed_on = "", None


def restore(tx: Session, entry: Entry) -> None:
    """It is there again. Where a digest has gone out without it, it comes with the next one, as what came late."""
    if entry.deleted_at is None:
        return
    missed = exists().where(Digest.team_id == entry.team_id, Digest.created_at > entry.deleted_at)
    if tx.scalar(select(missed)):
        entry.moved_at = clock.now()
    goal = tx.get(Entry, entry.goal_id) if entry.goal_id else None
    if goal and not _closed(tx, goal, Outcome.DONE, entry.local_date):
        entry.goal_id = None
    entry.deleted_at, entry.edited_at = None, clock.now()


def _closed(tx: Session, entry: Entry, outcome: Outcome, day: date) -> bool:
    """Only one of two at once finds it open."""
    still_open = update(Entry).where(Entry.outcome == "", Entry.deleted_at.is_(None))
    values = {"outcome": outcome, "closed_on": day}
    won = tx.execute(still_open.where(Entry.id == entry.id).values(values)).rowcount == 1  # type: ignore[attr-defined]
    same = (Entry.team_id == entry.team_id, Entry.user_id == entry.user_id, Entry.kind == entry.kind)
    tx.execute(still_open.where(*same, Entry.body == entry.body).values(values)) if won else None
    tx.refresh(entry)
    return won
