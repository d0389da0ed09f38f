"""Somebody says something about a team's day, by mail or on its page: the same rows, and the same people are told.

Of an entry those are told whom it names, once however often it is edited.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from emails.mentions import mentioned
from emails.words import is_made_of
from models.comment import Comment, Kind
from models.entry import Entry
from models.notice import Notice
from models.team_member import TeamMember
from models.user import User


def say(tx: Session, *, team_id: int, to_user_id: int | None, body: str, **about: object) -> int | None:
    """The new comment's id; None for what its author has said before. Whom it is to, and whom it names, get notices."""
    names = _names(tx, team_id)
    kind = Kind.THANKS if is_made_of(_without(names.get(to_user_id or 0, ""), body), "thanks") else Kind.COMMENT
    number = Comment.write(tx, team_id=team_id, to_user_id=to_user_id, body=body, kind=kind, **about)
    if number:
        Notice.write(tx, number, {*([to_user_id] if to_user_id else []), *mentioned(body, names.items())})
    return number


def tell_named(tx: Session, entries: Iterable[Entry], told: Collection[tuple[int, int]] = ()) -> list[int]:
    """Whom entries name get notices, but those of `(prompt, person)` in `told`; the deliveries that are due at once."""
    found = list(entries)
    names = {
        team_id: _names(tx, team_id).items() for team_id in {entry.team_id for entry in found if "@" in entry.body}
    }
    named = [
        (entry.id, person)
        for entry in found
        for person in mentioned(entry.body, names.get(entry.team_id, ()))
        if (entry.prompt_id, person) not in told
    ]
    Notice.name(tx, [entry.id for entry in found], named) if found else None
    return Notice.mail(tx) if named else []


def _names(tx: Session, team_id: int) -> dict[int, str]:
    """Of those who are in the team."""
    seated = select(User).join(TeamMember, TeamMember.user_id == User.id).where(TeamMember.left_at.is_(None))
    seated = seated.where(TeamMember.team_id == team_id)
    return {user.id: user.display_name for user in tx.scalars(seated)}


def _without(name: str, text: str) -> str:
    """`Thanks Grace!` is no more than thanks."""
    words = text.casefold()
    for part in name.casefold().split():
        words = words.replace(f"@{part}", " ").replace(part, " ")
    return words
