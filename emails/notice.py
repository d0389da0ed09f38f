"""Tells somebody what teammates said to them about a day, all that has waited for them in one mail."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models import reply_token
from models.comment import Comment
from models.entry import Entry
from models.notice import Notice
from models.team import Team

_TEMPLATE = Template("notice")


class Told(NamedTuple):
    """One comment, what it was said about, and the token that an answer to it comes back with."""

    comment: Comment
    about: str
    token: str


def notices(tx: Session, leaders: Iterable[int]) -> dict[int, list[Told]]:
    """What each mail tells, by the notice that leads it; without what has been deleted since."""
    comment = joinedload(Notice.comment)
    whole = (comment.joinedload(Comment.author), comment.joinedload(Comment.team).joinedload(Team.workspace))
    mine = select(Notice).where(Notice.leader_id.in_(list(leaders))).options(*whole).order_by(Notice.id)
    found: dict[int, list[Told]] = {}
    for each in tx.scalars(mine):
        if each.comment.deleted_at is None and each.leader_id:
            token = reply_token.sealed("notice", each.id)
            found.setdefault(each.leader_id, []).append(Told(each.comment, _about(tx, each.comment), token))
    return found


def comments(tx: Session, ids: Iterable[int]) -> dict[int, list[Told]]:
    """The same of a comment alone, as it was addressed before notices were gathered."""
    whole = (joinedload(Comment.author), joinedload(Comment.team).joinedload(Team.workspace))
    found = tx.scalars(select(Comment).where(Comment.id.in_(list(ids))).options(*whole)).all()
    return {each.id: [Told(each, _about(tx, each), reply_token.sealed("comment", each.id))] for each in found}


def notice(told: list[Told]) -> Letter:
    last = told[-1].comment
    names = list(dict.fromkeys(each.comment.author.display_name for each in told))
    letter = _TEMPLATE.render(
        told=[_shown(each) for each in told],
        names=" and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} others",
        about=told[0].about,
        last=last.author.display_name,
        settings_link=links.notice_settings(last.team.workspace),
    )
    return letter.addressed(
        sender=addresses.sender_named(
            f"{names[0] if len(names) == 1 else last.team.name} at {last.team.workspace.name}"
        ),
        reply_to=addresses.reply_address(told[-1].token),
        headers=AUTOMATIC,
    )


def _shown(each: Told) -> dict[str, str]:
    comment = each.comment
    return {
        "author": comment.author.display_name,
        "team": comment.team.name,
        "day": f"{comment.local_date:%A, %-d %B}",
        "body": comment.body,
        "about": each.about,
        "link": links.day(comment.team, comment.local_date),
        "answer": f"mailto:{addresses.reply_address(each.token)}",
    }


def _about(tx: Session, comment: Comment) -> str:
    entry = tx.get(Entry, comment.entry_id) if comment.entry_id else None
    return entry.body if entry and not entry.deleted_at else "your day" if comment.to_user_id else "the day"
