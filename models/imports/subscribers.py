"""Rows that are people who subscribe to a newsletter, with the proof that they wanted it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.imports import cells, knowing
from models.imports.cells import Unreadable
from models.imports.decision import Decision, Done, Outcome, Return
from models.imports.file import Existing, Import
from models.imports.kind import Field
from models.imports.knowing import Told
from models.imports.unsubscribing import unsubscribe
from models.subscription import State
from models.subscription_change import Change, How

LONGEST = 500  # characters of a consent
FIELDS = (
    Field("consent", "How they agreed", ("consent", "consentsource", "source", "optin", "optinsource", "origin")),
    Field("date", "When they agreed", ("consentdate", "date", "subscribed", "subscribedat", "optindate", "createdat")),
)


class Subscriber(NamedTuple):
    told: Told
    consent: str
    agreed_at: datetime | None


class Subscribers:
    word = "subscribers"
    label = "Subscribers of a newsletter"
    fields: tuple[Field, ...] = (*knowing.FIELDS[:2], *FIELDS, *knowing.FIELDS[2:])

    def read(self, given: Mapping[str, str], imported: Import) -> Subscriber:
        consent = given.get("consent") or imported.options.get("consent", "")
        if not consent:
            raise Unreadable("it does not say how they agreed")
        date = given.get("date", "")
        return Subscriber(Told.of(given), consent[:LONGEST], cells.moment(date, clock.now()) if date else None)

    def key(self, item: Subscriber) -> str:
        return item.told.email

    def decide(self, tx: Session, imported: Import, items: Mapping[int, Subscriber]) -> dict[int, Decision]:
        values = {
            "workspace": imported.workspace_id,
            "publication": imported.options["publication"],
            "stream": settings.broadcast_stream,
            "numbers": list(items),
            "emails": [item.told.email for item in items.values()],
        }
        found = {row.number: row for row in tx.execute(_LOOK_UP, values)}
        return {number: _decide(imported, item, found[number]) for number, item in items.items()}

    def carry_out(self, tx: Session, imported: Import, decided: Mapping[int, Decision]) -> Iterable[int]:
        created = {number: each for number, each in decided.items() if each.outcome == Outcome.CREATED}
        acted = [each for each in decided.values() if each.outcome in (Outcome.CREATED, Outcome.CHANGED)]
        merged = {
            found.id: (knowing.limited(item.told, each.changes), found)
            for each in acted
            for item, found in [each.about]
            if found.id
        }
        knowing.learn(tx, imported, [each.about[0].told for each in created.values()], merged)
        made = _subscribe(tx, imported, [each.about[0] for each in created.values()])
        for each in created.values():
            each.subject_id = made.get(each.about[0].told.email)
        return [number for number, each in created.items() if each.subject_id is None]

    def invite(self, tx: Session, imported: Import, decided: Iterable[Decision]) -> dict[str, list[int]]:
        return {}

    def take_back(self, tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
        return unsubscribe(tx, imported, done)


def _decide(imported: Import, item: Subscriber, found: Row[Any]) -> Decision:
    known = knowing.differences(imported.existing, item.told, found) if found.id else {}
    if found.state in (State.ACTIVE, State.UNCONFIRMED):
        return _meet(imported, item, found, known)
    if found.state:
        since = f" on {found.left_at:%-d %B %Y}" if found.left_at else ""
        return Decision(
            Outcome.SKIPPED, f"{found.state}{since}: an import brings nobody back", subject_id=found.subscription
        )
    if found.suppressed:
        return Decision(Outcome.SKIPPED, f"suppressed: {found.suppressed}")
    changes = {"subscription": ["", item.consent], **({} if found.id else knowing.introduced(item.told)), **known}
    return Decision(Outcome.CREATED, "", changes, about=(item, found))


def _meet(imported: Import, item: Subscriber, found: Row[Any], changes: dict[str, list[Any]]) -> Decision:
    """Somebody who subscribes already: the proof stays the one that there is."""
    if imported.existing == Existing.SKIP:
        return Decision(Outcome.SKIPPED, "subscribes already", subject_id=found.subscription, is_here=True)
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Decision(outcome, "", changes, found.subscription, (item, found))


def _subscribe(tx: Session, imported: Import, items: Sequence[Subscriber]) -> dict[str, int]:
    """`{address: id of the new subscription}`; whoever has got one meanwhile is left out."""
    if not items:
        return {}
    values = {
        "workspace": imported.workspace_id,
        "publication": imported.options["publication"],
        "emails": [item.told.email for item in items],
        "consents": [item.consent for item in items],
        "agreed": [item.agreed_at for item in items],
        "now": clock.now(),
        "source": imported.name,
        **Change(How.IMPORT, f"{imported.name} (import {imported.id})").values,
    }
    return {row.email: row.id for row in tx.execute(_SUBSCRIBE, values)}


# Each row looks for its own. PostgreSQL's statistics say of what is newer than they are that there is none: it would
# read all of a workspace, or of a newsletter, each time. `limit 1` and `+ 0` keep it from that.
_LOOK_UP = text("""
    select given.number, c.id, given.email, c.name, c.locale, c.zone, c.attributes, c.tags, s.id as subscription,
           s.state, s.left_at, x.reason as suppressed
    from unnest(cast(:numbers as int[]), cast(:emails as text[])) as given(number, email)
    left join lateral (
        select * from contacts where workspace_id = :workspace and email = given.email limit 1
    ) c on true
    left join lateral (
        select id, state, left_at from subscriptions
        where contact_id = c.id and publication_id + 0 = :publication limit 1
    ) s on true
    left join lateral (
        select reason from suppressions
        where workspace_id = :workspace and email = given.email and stream = :stream and lifted_at is null limit 1
    ) x on true
""")

_SUBSCRIBE = text("""
    with made as (
        insert into subscriptions (workspace_id, publication_id, contact_id, state, consent, consented_at, created_at,
                                   source, changed_at, changed_how, changed_by, changed_words, changed_ip)
        select :workspace, p.id, c.id, 'active', given.consent, given.agreed, :now,
               :source, :changed_at, :changed_how, :changed_by, :changed_words, :changed_ip
        from unnest(cast(:emails as text[]), cast(:consents as text[]), cast(:agreed as timestamptz[]))
             as given(email, consent, agreed)
        join lateral (
            select id from contacts where workspace_id = :workspace and email = given.email limit 1
        ) c on true
        join publications p on p.id = :publication and p.workspace_id = :workspace
        order by c.id
        on conflict (publication_id, contact_id) do nothing
        returning id, contact_id
    )
    select made.id, c.email from made join contacts c on c.id = made.contact_id
""")
