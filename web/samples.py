"""What the preview of each kind of mail is about: people who are in no database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from emails.command_notice import CommandNotice
from emails.confirmation import Claim
from emails.digest import Issue
from emails.edition import Copy
from emails.notice import Told
from emails.opt_in import Ask
from emails.receipt import Receipt
from emails.reminder import Asked
from emails.trial import Look
from models import reply_token
from models.audit_event import AuditEvent
from models.comment import Comment
from models.contact import Contact
from models.digest import Digest, Reading
from models.edition import Edition
from models.entry import Entry, Kind
from models.forwarding import Forwarding
from models.inbound_email import InboundEmail
from models.membership import Membership, Role
from models.opt_in import OptIn
from models.pause import Pause
from models.prompt import Prompt
from models.publication import Publication
from models.rejection import Reason, Rejection
from models.revision import Revision
from models.setback import Setback
from models.sign_in import SignIn
from models.team import QUESTION, Team
from models.team_member import TeamMember
from models.trial import Trial
from models.user import User
from models.user_address import UserAddress
from models.workspace import Workspace

FRIDAY = date(2026, 11, 6)
EVENING = datetime(2026, 11, 6, 17, tzinfo=UTC)


def workspace() -> Workspace:
    return Workspace(id=1, name="Analytical Engines", base_url="http://127.0.0.1:5000", created_at=EVENING)


def team() -> Team:
    return Team(id=1, workspace_id=1, workspace=workspace(), name="Engine room", question=QUESTION)


def user(name: str, number: int = 1) -> User:
    return User(id=number, email=f"{name.lower()}@example.com", name=name)


def member() -> TeamMember:
    hours = {"reminder_hour": time(18), "digest_hour": time(9), "zone": "Europe/London"}
    return TeamMember(id=1, workspace_id=1, team=team(), user=user("Ada"), **hours)


def sign_in() -> SignIn:
    return SignIn(id=1, workspace=workspace(), user=user("Ada"), created_at=EVENING)


def security() -> AuditEvent:
    about = {"act": "changed", "noun": "password", "address": "192.0.2.7", "created_at": EVENING}
    return AuditEvent(id=1, workspace=workspace(), user=user("Ada"), **about)


def welcome() -> tuple[Membership, Workspace]:
    return Membership(id=1, user=user("Ada"), role=Role.EDITOR), workspace()


def asked() -> Asked:
    still_open = [("goal", "Have Charles check note G", date(2026, 11, 5)), ("blocker", "No cards", date(2026, 11, 4))]
    return Asked.by(prompt())._replace(still_open=still_open)


def prompt() -> Prompt:
    return Prompt(id=1, member=member(), local_date=FRIDAY, reply_token=Prompt.token_of(1, FRIDAY))


def digest() -> Issue:
    reading = Reading(
        _entries(FRIDAY),
        _entries(date(2026, 11, 5))[:1],
        ["Katherine"],
        "883953f4-6105-42a2-a16a-77a8eac79483",
        still_open=_entries(date(2026, 11, 4))[3:],
    )
    return Issue(Digest(id=1, team=team(), local_date=FRIDAY), reading, delivery_id=1)


def edition() -> Copy:
    publication = Publication(id=1, name="Notes on the Engine", workspace=workspace())
    leave = "<p><a href='{{ unsubscribe_link }}'>Leave</a></p>"
    html = f"<h1>Hello {{{{ name }}}}</h1><p>The engine weaves algebraic patterns.</p>{leave}"
    text = "Hello {{ name }}\n\nThe engine weaves algebraic patterns.\n\nLeave: {{ unsubscribe_link }}\n"
    whole = Edition(id=1, publication=publication, subject="Note G, {{ name }}", html=html, text=text)
    return Copy(whole, 1, "Ada", "ada@example.com")


def rejection() -> Rejection:
    mail = InboundEmail(id=1, subject="Re: What did you get done today?", sender="ada@example.com")
    return Rejection(id=1, workspace=workspace(), inbound_email=mail, reason=Reason.NOTHING_FOUND)


def pause() -> Pause:
    publication = Publication(id=1, name="Notes on the Engine")
    because = "12 of the latest 150 mails bounced: 8.00%, and more than 5.0% is too much"
    return Pause(id=1, workspace=workspace(), publication=publication, publication_id=1, because=because)


def receipt() -> Receipt:
    return Receipt(InboundEmail(id=1), prompt(), _entries(FRIDAY))


def confirmation() -> Claim:
    return UserAddress(id=1, workspace=workspace(), user=user("Ada"), email="ada.king@example.net"), False


def opt_in() -> Ask:
    asked = OptIn(id=1, workspace=workspace(), subscription_id=1)
    contact = Contact(id=1, email="ada@example.com")
    return Ask(asked, contact, Publication(id=1, name="Notes on the Engine"))


def command() -> CommandNotice:
    return CommandNotice("pause until 2026-11-11", workspace(), "http://127.0.0.1:5000/teams/1/edit")


def notice() -> list[Told]:
    grace = "Grace", "Tell me if I can help with note G.", "Wrote down how the engine computes Bernoulli numbers"
    return [*comment(), _told(2, *grace), _named(3, "Charles", "Check note G with @Ada")]


def comment() -> list[Told]:
    return [_told(1, "Katherine", "Beautiful!", "Have Charles check note G")]


def _told(number: int, name: str, body: str, about: str) -> Told:
    said = Comment(id=number, team=team(), author=user(name, 2), local_date=FRIDAY, body=body, to_user_id=1)
    return Told(said, about, reply_token.sealed("notice", number))


def _named(number: int, name: str, body: str) -> Told:
    said = Entry(id=number, team=team(), user=user(name, 3), local_date=FRIDAY, kind=Kind.GOAL, body=body)
    return Told(said, "", reply_token.sealed("notice", number), names_you=True)


def forwarding() -> Forwarding:
    mail = InboundEmail(
        id=1, subject="Re: Note G, Ada", sender="charles@example.com", text="A loop, of course!\nCharles"
    )
    return Forwarding(id=1, workspace=workspace(), inbound_email=mail, user=user("Ada"), note="Is he right?")


def trial() -> Look:
    asked = Trial(id=1, edition_id=1, edition=edition().edition, user=user("Ada"))
    return Look(asked, Revision(number=0), "ada@example.com")


def setback() -> Setback:
    because = "Please put {{ unsubscribe_link }} somewhere: everybody must be able to leave."
    return Setback(id=1, workspace=workspace(), edition=edition().edition, edition_id=1, because=because)


def _entries(day: date) -> list[Entry]:
    ada, grace = user("Ada"), user("Grace", 2)
    said = (
        (ada, Kind.DONE, "Wrote down how the engine computes Bernoulli numbers"),
        (ada, Kind.GOAL, "Have Charles check note G"),
        (grace, Kind.DONE, "Found the moth in relay 70 & taped it into the log book"),
        (grace, Kind.BLOCKER, "No relays left: waiting for the delivery"),
    )
    return [Entry(id=n, user=who, user_id=who.id, kind=k, body=b, local_date=day) for n, (who, k, b) in enumerate(said)]


ABOUT: dict[str, Callable[[], Any]] = {
    "sign_in": sign_in,
    "invitation": member,
    "reminder": asked,
    "digest": digest,
    "edition": edition,
    "rejection": rejection,
    "pause": pause,
    "receipt": receipt,
    "confirmation": confirmation,
    "opt_in": opt_in,
    "command": command,
    "notice": notice,
    "comment": comment,
    "forwarding": forwarding,
    "trial": trial,
    "security": security,
    "welcome": welcome,
    "setback": setback,
}
