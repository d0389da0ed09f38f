"""Tells somebody what a teammate answered to their part of a digest."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models import reply_token
from models.comment import Comment
from models.entry import Entry
from models.team import Team

_TEMPLATE = Template("comment")
Told = tuple[Comment, str]


def comments(tx: Session, ids: Iterable[int]) -> dict[int, Told]:
    """Each with what it was said about, which may be nothing in particular."""
    whole = (joinedload(Comment.author), joinedload(Comment.team).joinedload(Team.workspace))
    found = tx.scalars(select(Comment).where(Comment.id.in_(list(ids))).options(*whole)).all()
    return {each.id: (each, _about(tx, each)) for each in found}


def comment(told: Told) -> Letter:
    each, about = told
    team = each.team
    letter = _TEMPLATE.fill(
        author=each.author.display_name,
        team=team.name,
        body=each.body,
        about=about,
        day=f"{each.local_date:%A, %-d %B}",
        link=links.day(team, each.local_date),
    )
    return letter.addressed(
        sender=addresses.sender_named(f"{each.author.display_name} at {team.workspace.name}"),
        reply_to=addresses.reply_address(reply_token.sealed("comment", each.id)),
        headers=AUTOMATIC,
    )


def _about(tx: Session, each: Comment) -> str:
    entry = tx.get(Entry, each.entry_id) if each.entry_id else None
    return entry.body if entry else "your day"
