"""A newsletter's edition to one subscriber, as somebody wrote it.

What people write is Jinja2 in a sandbox: `{{ name }}`, `{{ email }}` and `{{ unsubscribe_link }}`. It is rendered and
inlined once an edition and filled in for each reader.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from sqlalchemy import select, text
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.cutting import Cut, Parts
from emails.letter import Letter
from models import reply_token
from models.edition import Edition
from models.publication import Publication
from models.sending import Claimed
from models.user import display_name

# Lateral, because a join may choose to read all subscriptions for these few.
_READERS = text("""
    select s.id, c.name, c.email from contacts c cross join lateral (
        select id from subscriptions where publication_id = :publication and contact_id = c.id limit 1
    ) s
    where c.workspace_id = :workspace and c.email = any(:emails)
""")
FIELDS = ("email", "name", "unsubscribe_link")

_text = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_html = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


class Copy(NamedTuple):
    """One subscriber's copy of an edition."""

    edition: Edition
    subscription_id: int
    name: str
    email: str


def copies(tx: Session, deliveries: Sequence[Claimed]) -> dict[int, Copy]:
    """`{delivery id: copy}`, in two queries an edition; who has been deleted meanwhile is left out."""
    found: dict[int, Copy] = {}
    for number in {delivery.source_id for delivery in deliveries}:
        edition = _edition(tx, number)
        mine = [delivery for delivery in deliveries if delivery.source_id == number]
        readers = _readers(tx, edition, [delivery.recipient for delivery in mine]) if edition else {}
        found |= {d.id: Copy(edition, *readers[d.recipient]) for d in mine if edition and d.recipient in readers}
    return found


def edition(copy: Copy) -> Letter:
    publication = copy.edition.publication
    link = links.unsubscribe(publication.workspace, copy.subscription_id)
    values = {"name": display_name(copy.name, copy.email), "email": copy.email, "unsubscribe_link": link}
    subject, plain, html = _cut(copy.edition).fill(values)
    return Letter(
        subject=" ".join(subject.split()),
        text=plain,
        html=html,
        tag="edition",
        sender=addresses.sender_named(publication.name),
        reply_to=_reply_to(copy.edition.id),
        headers=_headers(publication, link),
        tracked=publication.tracks,
    )


@lru_cache(maxsize=8)
def _reply_to(number: int) -> str:
    return addresses.reply_address(reply_token.sealed("edition", number))


def _headers(publication: Publication, link: str) -> dict[str, str]:
    """RFC 8058 for one click, RFC 2919 for sorting by list; Postmark puts its own where it manages unsubscribes."""
    name = f"{publication.id}.{addresses.domain()}"
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{name}>",
        "Precedence": "bulk",
    }


def _edition(tx: Session, number: int) -> Edition | None:
    whole = joinedload(Edition.publication).joinedload(Publication.workspace)
    return tx.scalar(select(Edition).filter_by(id=number).options(whole))


def _readers(tx: Session, edition: Edition, emails: list[str]) -> dict[str, tuple[int, str, str]]:
    """`{address: (subscription id, name, address)}`."""
    values = {"workspace": edition.workspace_id, "publication": edition.publication_id, "emails": emails}
    return {email: (number, name, email) for number, name, email in tx.execute(_READERS, values)}


def _cut(edition: Edition) -> Cut:
    return _cut_of(edition.id, edition.subject, edition.text, edition.html)


@lru_cache(maxsize=8)
def _cut_of(number: int, subject: str, text: str, html: str) -> Cut:
    def render(values: Mapping[str, Any]) -> Parts:
        plain = [_text.from_string(part).render(values) for part in (subject, text)]
        return Parts(plain[0], plain[1], _html.from_string(html).render(values))

    return Cut(FIELDS, render)
