"""Tells somebody that what they asked for by mail was done, or how to say that they mean it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import Letter
from emails.template import Template
from models.contact import Contact
from models.edition import Edition
from models.inbound_email import InboundEmail
from models.prompt import Prompt
from models.publication import Publication
from models.subscription import Subscription
from models.team_member import TeamMember
from models.workspace import Workspace

_TEMPLATE = Template("command")


@dataclass(frozen=True)
class CommandNotice:
    """What was asked for, as the mail's reason has it: `pause until 2026-03-09`, `pause`, `resume` or `stop`."""

    asked: str
    workspace: Workspace
    link: str
    publication: str = ""
    is_done: bool = False  # they have left it already


def notices(tx: Session, ids: Iterable[int]) -> dict[int, CommandNotice]:
    mails = tx.scalars(select(InboundEmail).where(InboundEmail.id.in_(list(ids)))).all()
    return {mail.id: notice for mail in mails if (notice := _notice(tx, mail))}


def notice(each: CommandNotice) -> Letter:
    title, what, button = _words(each)
    letter = _TEMPLATE.fill(title=title, what=what, button=button, link=each.link, workspace=each.workspace.name)
    return letter.addressed(headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"})


def _words(each: CommandNotice) -> tuple[str, str, str]:
    """Title, sentence and button."""
    verb, _, day = each.asked.partition(" until ")
    if each.is_done:
        return f"You have left {each.publication}", "No more of it is sent to you. By mistake?", "Choose what you get"
    if verb == "stop" and each.publication:
        return f"Leave {each.publication}?", "One press and no more of it is sent to you.", "Unsubscribe"
    if verb == "stop":
        return "No more questions?", "One press and you are neither asked nor sent digests.", "Stop asking me"
    if verb == "resume":
        return "Welcome back", "You are asked again at your usual hour.", "Your hours"
    if day:
        back = f"{date.fromisoformat(day):%A, %-d %B}"
        return (
            f"Away until {back}",
            f"You are asked again on {back}. Earlier? Answer `resume` to any mail.",
            "Your hours",
        )
    return "Paused", "You are neither asked nor sent digests. To come back, answer `resume` to any mail.", "Your hours"


def _notice(tx: Session, mail: InboundEmail) -> CommandNotice | None:
    workspace = tx.get(Workspace, mail.workspace_id) if mail.workspace_id else None
    if workspace is None:
        return None
    if mail.edition_id:
        return _of_edition(tx, mail, workspace, mail.edition_id)
    seat = _seat(tx, mail)
    if seat is None:
        return None
    is_farewell = mail.reason == "stop"
    link = links.farewell(workspace, seat.id) if is_farewell else links.team_settings(seat.team)
    return CommandNotice(mail.reason, workspace, link)


def _seat(tx: Session, mail: InboundEmail) -> TeamMember | None:
    """The one that was asked, or the first of this person's in the workspace."""
    seats = select(TeamMember).filter_by(workspace_id=mail.workspace_id, user_id=mail.user_id, left_at=None)
    asked = tx.get(Prompt, mail.prompt_id) if mail.prompt_id else None
    mine = seats.filter_by(id=asked.team_member_id) if asked else seats
    return tx.scalar(mine.options(joinedload(TeamMember.team)).order_by(TeamMember.id).limit(1))


def _of_edition(tx: Session, mail: InboundEmail, workspace: Workspace, edition_id: int) -> CommandNotice | None:
    found = select(Subscription, Publication.name).join(Contact, Contact.id == Subscription.contact_id)
    found = found.join(Publication, Publication.id == Subscription.publication_id)
    found = found.join(Edition, Edition.publication_id == Publication.id)
    row = tx.execute(found.where(Edition.id == edition_id, Contact.email == mail.sender)).first()
    if row is None:
        return None
    mine, name = row
    link = links.unsubscribe(workspace, mine.id) if mine.is_in else links.preferences(workspace, mine.id)
    return CommandNotice(mail.reason, workspace, link, name, not mine.is_in)
