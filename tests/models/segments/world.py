"""People of two newsletters with all that may have happened to them, at random: as rows, and as plain values."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import text

from models.contact import Contact
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.inbound_email import InboundEmail
from models.lists.list import List
from models.publication import Publication
from models.subscription import Subscription
from models.suppression import Suppression
from models.traces.trace import Trace
from tests import people

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
EDITIONS = {1: (1, 20), 2: (1, 10), 3: (2, 5), 4: (1, None)}  # newsletter, and how many days ago it was published
ATTRIBUTES = {
    "plan": ["pro", "Pro", "free", "", None, 5],
    "seats": [5, 5.0, "5", "5.50", -1, 0.5, "many", [5], True],
    "trial": [True, False, "yes", "FALSE", "no", 1, {}],
    "renewed": ["2026-01-15", "2026-01-31T12:00:00Z", "2026-01", "soon", 20260115],
    "tags": [["tea"], ["tea", "Pro"], "Tea and more", []],
    "favourite tea": ["Assam; drop table contacts", "o"],
    'a"b\\c': ["x", 'a"“\\'],
}
LINKS = ("https://example.com/pricing?a&b", "https://Example.com/about", 'say "pricing"')


_LINK = text("""
    insert into links (id, workspace_id, edition_id, address) overriding system value
    select :id, workspace_id, :edition, :link from editions where id = :edition
""")


@dataclass
class Person:
    email: str
    name: str
    locale: str
    zone: str
    joined: datetime
    tags: list
    attributes: dict
    subscriptions: dict = field(default_factory=dict)  # {newsletter: its columns}
    copies: dict = field(default_factory=dict)  # {edition: its columns}
    events: dict = field(default_factory=dict)  # {edition: [(what, moment, link, by)]}
    replies: dict = field(default_factory=dict)  # {edition: moment}
    suppressed: bool = False
    listed: bool = False  # on list 1


def somebody(random: Random, number: int) -> Person:
    def moment():
        return NOW - timedelta(hours=random.choice([1, 30, 24 * 17, 24 * 35, 24 * 400]), minutes=random.randrange(50))

    person = Person(
        f"p{number}@{random.choice(['example.com', 'mail.example.com', 'other.org'])}",
        random.choice(["Ada", "ada lovelace", "", "Grace"]), random.choice(["en", "de", "pt-BR"]),
        random.choice(["UTC", "Europe/Berlin"]), moment(),
        sorted(random.sample(["vip", "VIP", "tea"], random.randrange(3))),
        {name: random.choice(values) for name, values in ATTRIBUTES.items() if random.random() < 0.5},
        suppressed=random.random() < 0.2, listed=random.random() < 0.5,
    )  # fmt: skip
    for newsletter in (1, 2):
        if random.random() < 0.7:
            state = random.choice(["active", "active", "unconfirmed", "unsubscribed", "bounced", "complained"])
            left = moment() if state in ("unsubscribed", "bounced", "complained") else None
            paused = random.choice([None, NOW + timedelta(days=2), NOW - timedelta(days=2)])
            person.subscriptions[newsletter] = {
                "state": state, "created_at": moment(), "left_at": left, "changed_at": random.choice([None, moment()]),
                "consented_at": random.choice([None, moment()]), "paused_until": paused,
            }  # fmt: skip
    for edition, (_, published) in EDITIONS.items():
        if published and random.random() < 0.6:
            state = random.choice(["queued", "sent", "delivered", "bounced", "suppressed", "failed"])
            person.copies[edition] = {"state": state, "sent_at": moment(), "settled_at": moment()}
            by = random.choice(["person", "unsure", "machine"])
            person.events[edition] = [
                (random.choice(["open", "click"]), moment(), random.choice(LINKS), by)
                for _ in range(random.randrange(3))
            ]
            if random.random() < 0.2:
                person.replies[edition] = moment()
    return person


def settle(seed: int, size: int) -> list[Person]:
    """The people of workspace 1, stored; in the other is a newsletter that they may not ask for."""
    random = Random(seed)
    found = [somebody(random, number) for number in range(size)]
    with transaction() as tx:
        for owner in ("Ada", "Charles"):
            workspace = people.workspace(tx, owner, name=owner)
            mine = EDITIONS if owner == "Ada" else {5: (3, 1)}
            for newsletter in sorted({each for each, _ in mine.values()}):
                tx.add(Publication(workspace_id=workspace.id, name=f"Notes {newsletter}"))
                tx.flush()
            for newsletter, ago in mine.values():
                edition = _edition(workspace.id, newsletter, ago)
                tx.add(edition)
                tx.flush()
                for link in LINKS:
                    tx.execute(_LINK, {"id": _number(edition.id, link), "edition": edition.id, "link": link})
        for number, person in enumerate(found, 1):
            _store(tx, number, person)
        List.begin(tx, 1, "Customers").grow(tx, {each.email: "" for each in found if each.listed})
    return found


def _traces(copy: Delivery, events: list) -> list[Trace]:
    """One for the opens, one for the clicks, one for each link."""
    moments: dict[tuple[str, int], list[datetime]] = {}
    for what, moment, link, _ in events:
        moments.setdefault((what, 0), []).append(moment)
        if what == "click":
            moments.setdefault(("link", _number(copy.source_id, link)), []).append(moment)
    about = {"workspace_id": 1, "edition_id": copy.source_id, "reason": "x", "client": "", "country": ""}
    about |= {"people": 1, "unsure": 0, "machines": 0, "delivery_id": copy.id}
    return [
        Trace(what=what, link_id=link, by=events[0][3], first_at=min(times), last_at=max(times), **about)
        for (what, link), times in moments.items()
    ]


def _number(edition: int, link: str) -> int:
    return edition * 10 + LINKS.index(link)


def _edition(workspace: int, newsletter: int, ago: int | None) -> Edition:
    published = NOW - timedelta(days=ago) if ago else None
    words = {"subject": "x", "html": "x", "text": "x", "state": "sent" if ago else "draft"}
    return Edition(workspace_id=workspace, publication_id=newsletter, published_at=published, **words)


def _store(tx, number: int, person: Person) -> None:
    known = {"email": person.email, "name": person.name, "locale": person.locale, "zone": person.zone}
    more = {"created_at": person.joined, "tags": person.tags, "attributes": person.attributes}
    tx.add(Contact(id=number, workspace_id=1, **known, **more))
    tx.flush()
    for newsletter, columns in person.subscriptions.items():
        tx.add(Subscription(workspace_id=1, publication_id=newsletter, contact_id=number, **columns))
    for edition, columns in person.copies.items():
        about = {"kind": "edition", "source_id": edition, "recipient": person.email, "stream": "broadcast"}
        copy = Delivery(workspace_id=1, due_at=NOW, **about, **columns)
        tx.add(copy)
        tx.flush()
        tx.add_all(_traces(copy, person.events[edition]))
    for edition, moment in person.replies.items():
        about = {
            "edition_id": edition,
            "sender": person.email.title(),
            "kind": "letter",
            "provider_id": f"{number}{edition}",
        }
        tx.add(InboundEmail(workspace_id=1, payload=b"", received_at=moment, **about))
    if person.suppressed:
        Suppression.impose(tx, 1, person.email, "broadcast", reason="HardBounce", origin="Recipient")
