"""Tells somebody what teammates said to them, or of them by name, all that has waited for them in one mail."""

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

SUBJECT = 60  # characters of what was said

_TEMPLATE = Template("notice")


class Told(NamedTuple):
    """What was said, what it was said about, and the token that an answer to it comes back with."""

    said: Comment | Entry
    about: str  # blank for an entry
    token: str
    names_you: bool = False  # and is not said to the reader


def notices(tx: Session, leaders: Iterable[int]) -> dict[int, list[Told]]:
    """What each mail tells, by the notice that leads it; without what has been deleted since."""
    comment, entry = joinedload(Notice.comment), joinedload(Notice.entry)
    whole = (
        *(comment.joinedload(Comment.author), comment.joinedload(Comment.team).joinedload(Team.workspace)),
        *(entry.joinedload(Entry.user), entry.joinedload(Entry.team).joinedload(Team.workspace)),
    )
    mine = select(Notice).where(Notice.leader_id.in_(list(leaders))).options(*whole).order_by(Notice.id)
    found: dict[int, list[Told]] = {}
    for each in tx.scalars(mine):
        told = _told(tx, each)
        if told and each.leader_id:
            found.setdefault(each.leader_id, []).append(told)
    return found


def comments(tx: Session, ids: Iterable[int]) -> dict[int, list[Told]]:
    """The same of a comment alone, as it was addressed before notices were gathered."""
    whole = (joinedload(Comment.author), joinedload(Comment.team).joinedload(Team.workspace))
    found = tx.scalars(select(Comment).where(Comment.id.in_(list(ids))).options(*whole)).all()
    return {each.id: [Told(each, _about(tx, each), reply_token.sealed("comment", each.id))] for each in found}


def notice(told: list[Told]) -> Letter:
    last = told[-1].said
    names = list(dict.fromkeys(each.said.author.display_name for each in told))
    letter = _TEMPLATE.render(
        told=[_shown(each) for each in told],
        names=" and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} others",
        did="named you" if all(each.names_you for each in told) else "answered",
        about=_shortened(told[0].said.body if told[0].names_you else told[0].about),
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


def _told(tx: Session, each: Notice) -> Told | None:
    said, token = each.comment or each.entry, reply_token.sealed("notice", each.id)
    if said is None or said.deleted_at:
        return None
    about = _about(tx, said) if isinstance(said, Comment) else ""
    return Told(said, about, token, isinstance(said, Entry) or said.to_user_id != each.user_id)


def _shown(each: Told) -> dict[str, str]:
    said = each.said
    return {
        "author": said.author.display_name,
        "team": said.team.name,
        "day": f"{said.local_date:%A, %-d %B}",
        "body": said.body,
        "about": each.about,
        "link": links.day(said.team, said.local_date),
        "answer": f"mailto:{addresses.reply_address(each.token)}",
    }


def _shortened(text: str) -> str:
    return text if len(text) <= SUBJECT else f"{text[:SUBJECT].rstrip()}…"


def _about(tx: Session, comment: Comment) -> str:
    entry = tx.get(Entry, comment.entry_id) if comment.entry_id else None
    return entry.body if entry and not entry.deleted_at else "your day" if comment.to_user_id else "the day"
