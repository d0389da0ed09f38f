"""Answers by mail, recorded many at once: what is new in each becomes entries of the day that was asked about."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import clock, tending
from models.carrying import tick_said
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.notice import Notice
from models.prompt import Prompt


class Answer(NamedTuple):
    """`lines` are `(kind, text)`. `corrects` is the mail whose entries these are to stand for."""

    email_id: int
    prompt: Prompt
    lines: Sequence[tuple[str, str]]
    corrects: int | None = None


def record(tx: Session, answers: Sequence[Answer]) -> dict[int, int]:
    """How many entries of each mail are new: `{mail: count}`. Saying the same again adds nothing.

    A correction leaves what it repeats as it is, so that nobody reads that twice, and takes away the rest. Prompts are
    locked, in one order, so that one answer follows another.
    """
    tx.execute(_LOCK, {"ids": [answer.prompt.id for answer in answers]})
    for answer in answers:
        if answer.corrects:
            _take_back(tx, answer, answer.corrects)
    said = _said(tx, {answer.prompt.id for answer in answers})
    fresh = [(answer, place, line) for answer in answers for place, line in _fresh(answer, said)]
    _write(tx, fresh)
    now = clock.now()
    answered = [answer.prompt.id for answer in answers if answer.prompt.answered_at is None and answer.lines]
    if answered:
        tx.execute(_ANSWERED, {"ids": answered, "now": now})
    counts = dict.fromkeys((answer.email_id for answer in answers), 0)
    for answer, _, _ in fresh:
        counts[answer.email_id] += 1
    tick_said(tx, {answer.prompt.id for answer, _, _ in fresh})
    return counts


def reread(tx: Session, answer: Answer, understood: Collection[tuple[str, str]] = ()) -> int:
    """The entries of a mail that is understood otherwise now; returns how many are new. What stays, stays as it was.

    Where people have changed one of them, all stay: only lines come in that were not `understood` before.
    """
    before = tx.scalars(select(Entry).filter_by(inbound_email_id=answer.email_id)).all()
    if any(entry.is_touched for entry in before):
        return _add(tx, answer._replace(lines=[line for line in answer.lines if line not in understood]), before)
    if [(entry.kind, entry.body) for entry in sorted(before, key=lambda entry: entry.place)] == list(answer.lines):
        return 0
    since = min((entry.created_at for entry in before), default=clock.now())
    return _add(tx, answer, _part_with(tx, before, answer), since.isoformat())


def _add(tx: Session, answer: Answer, kept: Sequence[Entry], at: str | None = None) -> int:
    """What is new of it, behind what the mail has said already."""
    said = {(entry.prompt_id, entry.kind, entry.body) for entry in kept} | _said(tx, {answer.prompt.id})
    offset = 1 + max((entry.place for entry in kept), default=-1)
    fresh = [(answer, place + offset, line) for place, line in _fresh(answer, said)]
    _write(tx, fresh, at)
    return len(fresh)


def _take_back(tx: Session, answer: Answer, root: int) -> None:
    """What the first mail and its corrections had said, unless this one says it again."""
    mails = select(InboundEmail.id).where((InboundEmail.id == root) | (InboundEmail.corrects_id == root))
    before = tx.scalars(select(Entry).where(Entry.inbound_email_id.in_(mails), Entry.deleted_at.is_(None))).all()
    _part_with(tx, before, answer)


def _part_with(tx: Session, before: Iterable[Entry], answer: Answer) -> list[Entry]:
    """Deletes what the answer does not hold any more; gives what it does."""
    wanted = set(answer.lines)
    kept = []
    for entry in before:
        if (entry.kind, entry.body) in wanted:
            kept.append(entry)
        else:
            tending.untick(tx, entry)
            Notice.forget(tx, entry_id=entry.id)
            tx.delete(entry)
    tx.flush()
    return kept


def _said(tx: Session, prompt_ids: set[int]) -> set[tuple[int, str, str]]:
    rows = select(Entry.prompt_id, Entry.kind, Entry.body).where(Entry.prompt_id.in_(prompt_ids))
    rows = rows.where(Entry.deleted_at.is_(None))
    return {(row.prompt_id, row.kind, row.body) for row in tx.execute(rows)}


def _fresh(answer: Answer, said: set[tuple[int, str, str]]) -> list[tuple[int, tuple[str, str]]]:
    """`[(place, line)]` of what has not been said; from now on it has."""
    found = []
    for place, line in enumerate(answer.lines):
        if (answer.prompt.id, *line) not in said:
            said.add((answer.prompt.id, *line))
            found.append((place, line))
    return found


def _write(tx: Session, fresh: Sequence[tuple[Answer, int, tuple[str, str]]], at: str | None = None) -> None:
    if fresh:
        values = {
            "prompts": [answer.prompt.id for answer, _, _ in fresh],
            "emails": [answer.email_id for answer, _, _ in fresh],
            "places": [place for _, place, _ in fresh],
            "kinds": [kind for _, _, (kind, _) in fresh],
            "bodies": [body for _, _, (_, body) in fresh],
            "now": at or clock.now(),
        }
        tx.execute(_WRITE, values)


_LOCK = text("select 1 from prompts where id = any(:ids) order by id for update")

_ANSWERED = text("update prompts set answered_at = :now where id = any(:ids) and answered_at is null")

_WRITE = text("""
    insert into entries (workspace_id, team_id, user_id, prompt_id, local_date, inbound_email_id, place, kind, body,
                         created_at)
    select p.workspace_id, m.team_id, m.user_id, p.id, p.local_date, given.email, given.place, given.kind, given.body,
           :now
    from unnest(cast(:prompts as bigint[]), cast(:emails as bigint[]), cast(:places as int[]),
                cast(:kinds as text[]), cast(:bodies as text[])) with ordinality
         as given(prompt, email, place, kind, body, nth)
    join prompts p on p.id = given.prompt join team_members m on m.id = p.team_member_id
    order by given.nth
    on conflict (inbound_email_id, place) do nothing
""")
