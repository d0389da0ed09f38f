"""Tells a member what was recorded of their answer, so that they can put it right by replying."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import Letter
from emails.template import Template
from models import reply_token
from models.db import by_id
from models.entry import Entry, Kind
from models.inbound_email import InboundEmail
from models.prompt import Prompt
from models.team import Team
from models.team_member import TeamMember

_TEMPLATE = Template("receipt")


@dataclass(frozen=True)
class Receipt:
    """A mail, the question that it answered, and all that stands recorded as an answer to that by now."""

    email: InboundEmail
    prompt: Prompt
    entries: list[Entry]


def receipts(tx: Session, ids: Iterable[int]) -> dict[int, Receipt]:
    whole = joinedload(Prompt.member).joinedload(TeamMember.team).joinedload(Team.workspace)
    mails = by_id(tx, InboundEmail, ids)
    prompts = by_id(tx, Prompt, {mail.prompt_id for mail in mails.values()}, whole)
    return {
        number: Receipt(mail, prompts[mail.prompt_id], _entries(tx, mail))
        for number, mail in mails.items()
        if mail.prompt_id in prompts
    }


def receipt(each: Receipt) -> Letter:
    team = each.prompt.member.team
    letter = _TEMPLATE.render(
        count=_counted(each.entries),
        entries=each.entries,
        day=f"{each.prompt.local_date:%A, %-d %B}",
        team=team.name,
        settings_link=links.team_settings(team),
        day_link=links.day(team, each.prompt.local_date),
    )
    return letter.addressed(
        sender=addresses.sender_named(f"{team.name} at {team.workspace.name}"),
        reply_to=addresses.reply_address(reply_token.sealed("receipt", each.email.id)),
        headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    )


def _entries(tx: Session, mail: InboundEmail) -> list[Entry]:
    """Of this mail, and of what it corrects."""
    root = mail.corrects_id or mail.id
    mails = select(InboundEmail.id).where((InboundEmail.id == root) | (InboundEmail.corrects_id == root))
    mine = Entry.inbound_email_id.in_(mails) if mail.corrects_id else Entry.inbound_email_id == mail.id
    return list(tx.scalars(select(Entry).where(mine, Entry.deleted_at.is_(None)).order_by(Entry.id)))


def _counted(entries: list[Entry]) -> str:
    """`4 items, 1 blocker`"""
    blockers = sum(entry.kind == Kind.BLOCKER for entry in entries)
    items = f"{len(entries)} {'item' if len(entries) == 1 else 'items'}"
    return items + (f", {blockers} {'blocker' if blockers == 1 else 'blockers'}" if blockers else "")
