"""Tells one reader what their team got done."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models import reply_token
from models.delivery import Delivery
from models.digest import Digest, Reading
from models.entry import Entry
from models.sending import Claimed

_TEMPLATE = Template("digest")


@dataclass(frozen=True)
class Issue:
    """A digest and what one reader reads in it."""

    digest: Digest
    reading: Reading
    delivery_id: int


def issue(tx: Session, delivery: Claimed | Delivery) -> Issue:
    found = tx.get_one(Digest, delivery.source_id)
    found.team.workspace  # noqa: B018  (read while there is a session to read it with)
    return Issue(found, found.reading(tx, delivery), delivery.id)


def digest(each: Issue) -> Letter:
    team, reading = each.digest.team, each.reading
    letter = _TEMPLATE.render(
        team=team.name,
        day=f"{each.digest.local_date:%A, %-d %B}",
        people=_by_person(reading.entries),
        late=_by_person(reading.late),
        still_open=_by_person([entry for entry in reading.still_open if entry not in reading.late]),
        still_working=reading.still_working,
        away=reading.away,
        comments=reading.comments,
        settings_link=links.team_settings(team),
        team_link=links.team(team),
    )
    return letter.addressed(
        sender=addresses.sender_named(f"{team.name} at {team.workspace.name}"),
        reply_to=addresses.reply_address(reply_token.sealed("digest", each.delivery_id)),
        headers=AUTOMATIC | _thread(reading.reply_to_message),
    )


def _by_person(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """`[(name, entries)]`, in the order of the alphabet."""
    ordered = sorted(entries, key=lambda entry: (entry.user.display_name.casefold(), entry.user_id, entry.id))
    return [(people[0].user.display_name, people) for _, group in groupby(ordered, _person) if (people := list(group))]


def _person(entry: Entry) -> int:
    return entry.user_id


def _thread(provider_id: str | None) -> dict[str, str]:
    """Postmark's Message-ID is its own id at mtasv.net, so the thread is known without having set one."""
    message = f"<{provider_id}@mtasv.net>"
    return {"In-Reply-To": message, "References": message} if provider_id else {}
