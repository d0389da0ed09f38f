"""A newsletter's edition to one subscriber, as somebody wrote it.

Its words and the fields among them (`emails/personal.py`) are cut and inlined once an edition, then filled in for each
reader.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links, personal
from emails.canary import with_canary
from emails.cutting import Cut, Parts
from emails.letter import Letter
from models import following, reply_token
from models.edition import Edition
from models.publication import Publication
from models.sending import Claimed
from models.user import display_name

# Lateral, because a join may choose to read all subscriptions for these few. And `+ 0`, because so may an index that
# begins with the newsletter, where that is newer than PostgreSQL's statistics.
_READERS = text("""
    select s.id, c.name, c.email, case when :attributes then c.attributes end as attributes
    from contacts c cross join lateral (
        select id from subscriptions where contact_id = c.id and publication_id + 0 = :publication limit 1
    ) s
    where c.workspace_id = :workspace and c.email = any(:emails)
""")
POSTMARKS = "{{{ pm:unsubscribe }}}"  # stands for its link; in a body without it Postmark adds one of its own
_NONE: Mapping[str, Any] = MappingProxyType({})
Reader = tuple[int, str, str, dict[str, Any] | None]


class Copy(NamedTuple):
    """One subscriber's copy of an edition."""

    edition: Edition
    subscription_id: int
    name: str
    email: str
    attributes: Mapping[str, Any] | None = _NONE  # None when no field asks for one
    is_managed: bool = False  # whether Postmark manages who unsubscribes: then its link is the one way out


def copies(tx: Session, deliveries: Sequence[Claimed]) -> dict[int, Copy]:
    """`{delivery id: copy}`, in two queries an edition; who has been deleted meanwhile is left out."""
    found: dict[int, Copy] = {}
    managed = managed_streams(tx, deliveries)
    for number in {delivery.source_id for delivery in deliveries}:
        edition = _edition(tx, number)
        mine = [delivery for delivery in deliveries if delivery.source_id == number]
        readers = _readers(tx, edition, [delivery.recipient for delivery in mine]) if edition else {}
        known = [d for d in mine if edition and d.recipient in readers]
        found |= {d.id: Copy(edition, *readers[d.recipient], d.stream in managed) for d in known if edition}
    return found


def managed_streams(tx: Session, deliveries: Iterable[Claimed]) -> set[str]:
    """Those of their streams whose unsubscribes Postmark manages."""
    return {name for name in {delivery.stream for delivery in deliveries} if following.is_managed(tx, name)}


def edition(copy: Copy) -> Letter:
    publication = copy.edition.publication
    link = links.unsubscribe(publication.workspace, copy.subscription_id)
    cut, fields = _cut(copy.edition)
    subject, plain, html = cut.fill(_values(copy, link, fields))
    return Letter(
        subject=" ".join(subject.split()),
        text=plain,
        html=html,
        tag="edition",
        sender=addresses.sender_named(publication.name),
        reply_to=_reply_to(copy.edition.id),
        headers=_headers(publication) | ({} if copy.is_managed else _ways_out(link)),
        tracked=bool(copy.edition.is_tracked),
    )


@lru_cache(maxsize=8)
def _reply_to(number: int) -> str:
    return addresses.reply_address(reply_token.sealed("edition", number))


def _headers(publication: Publication) -> dict[str, str]:
    """RFC 2919, for sorting by list."""
    return {"List-Id": f"<{publication.id}.{addresses.domain()}>", "Precedence": "bulk"}


def _ways_out(link: str) -> dict[str, str]:
    """RFC 8058, for one click. Where Postmark manages unsubscribes it writes both itself."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _edition(tx: Session, number: int) -> Edition | None:
    whole = joinedload(Edition.publication).joinedload(Publication.workspace)
    return tx.scalar(select(Edition).filter_by(id=number).options(whole))


def _readers(tx: Session, edition: Edition, emails: list[str]) -> dict[str, Reader]:
    """`{address: (subscription id, name, address, attributes)}`."""
    values = {"workspace": edition.workspace_id, "publication": edition.publication_id, "emails": emails}
    rows = tx.execute(_READERS, {**values, "attributes": _asks_for_attributes(edition)})
    return {email: (number, name, email, attributes) for number, name, email, attributes in rows}


def _asks_for_attributes(edition: Edition) -> bool:
    """Only then are they read: JSON costs more than all else of a reader."""
    return any(f"{personal.ATTRIBUTES[:-1]}" in part for part in (edition.subject, edition.text, edition.html))


def _values(copy: Copy, link: str, fields: Sequence[personal.Field]) -> dict[str, str]:
    known = {
        "name": display_name(copy.name, copy.email),
        "first_name": copy.name.partition(" ")[0],
        "email": copy.email,
        "unsubscribe_link": POSTMARKS if copy.is_managed else link,
        "preferences_link": links.preferences_beside(link),
        "web_link": _web_link(copy, fields),
    }
    return {field.key: field.of(known, copy.attributes or _NONE) for field in fields}


def _web_link(copy: Copy, fields: Sequence[personal.Field]) -> str:
    """Signed only for letters that say it: a signature a reader costs time."""
    wanted = any(field.name == "web_link" for field in fields)
    return links.read(copy.edition.publication, copy.edition, copy.subscription_id) if wanted else ""


def _cut(edition: Edition) -> tuple[Cut, tuple[personal.Field, ...]]:
    html = with_canary(edition.html, edition.publication.workspace) if edition.is_tracked else edition.html
    return _cut_of(edition.id, edition.subject, edition.text, html)


@lru_cache(maxsize=8)
def _cut_of(number: int, *parts: str) -> tuple[Cut, tuple[personal.Field, ...]]:
    """Parts are the subject, the text, the HTML. Raises `personal.Unfillable`."""
    fields = tuple(sorted(personal.fields(*parts), key=lambda field: field.key))

    def render(values: Mapping[str, Any]) -> Parts:
        words = {field: values[field.key] for field in fields}
        subject, plain, html = (personal.joined(personal.cut(part), words) for part in parts)
        return Parts(subject, plain, html)

    return Cut([field.key for field in fields], render), fields
