"""ONE message to ONE person, of any kind, and the one state it is in.

    queued ─claim→ sending ─accepted→ sent ─event→ delivered | bounced | complained
      │               ├─certainly not accepted→ queued          released, due again later
      │               ├─refused for good→ failed(reason)
      │               ├─refused: inactive→ suppressed(reason)
      │               └─nobody can know→ unknown                settled by asking the provider
      ├→ suppressed(reason)   when addressed and again when claimed
      └→ canceled

`models.sending` moves a delivery to the provider, `models.settling` clears up what was left in between, and
`models.delivery_event` hears what came of it.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Index,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import settings
from models import clock
from models.db import Base
from models.edition_state import GOING_OUT
from models.stream import RESTRICTED
from models.types import CreatedAt, Id, Moment, Words


class State(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    CANCELED = "canceled"
    UNKNOWN = "unknown"


COPIES = "state = 'queued' and kind = 'edition'"
MAILS = "state = 'queued' and kind <> 'edition'"
ASIDE = "state in ('bounced', 'complained', 'failed', 'suppressed', 'canceled', 'unknown')"  # looked for by people
_STATES = ", ".join(f"'{state}'" for state in State)


class Addressee(NamedTuple):
    """Who gets a message, and what it is about: the id of its prompt, digest, sign-in …"""

    workspace_id: int
    source_id: int
    recipient: str


class Delivery(Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("kind", "source_id", "recipient"),
        CheckConstraint(f"state in ({_STATES})", name="state"),
        Index("ix_deliveries_waiting_copies", "source_id", "id", postgresql_where=COPIES),
        Index("ix_deliveries_waiting_mails", "kind", "id", postgresql_where=MAILS),
        Index("ix_deliveries_in_doubt", "batch_id", postgresql_where="state in ('sending', 'unknown')"),
        Index("ix_deliveries_provider_id", "provider_id", postgresql_where="provider_id is not null"),
        Index("ix_deliveries_workspace_id_id", "workspace_id", "id"),
        Index("ix_deliveries_aside", "workspace_id", "state", "id", postgresql_where=ASIDE),
        Index("ix_deliveries_mails", "workspace_id", "kind", "state", postgresql_where="kind <> 'edition'"),
        Index("ix_deliveries_mails_to", "workspace_id", "recipient", postgresql_where="kind <> 'edition'"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[int] = mapped_column(BigInteger)  # looked up once a statement, by a trigger
    kind: Mapped[Words]
    source_id: Mapped[int] = mapped_column(BigInteger)
    recipient: Mapped[Words]
    stream: Mapped[Words]
    state: Mapped[Words] = mapped_column(default=State.QUEUED)
    reason: Mapped[Words] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    batch_id: Mapped[str | None] = mapped_column(Uuid(as_uuid=False))
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    provider_id: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    @classmethod
    def address(cls, tx: Session, kind: str, to: Iterable[Addressee], stream: str | None = None) -> list[int]:
        """One delivery for each addressee that has none of this kind yet; returns the ids of those to be sent.

        An address that is suppressed gets its row all the same, so that the sums balance.
        """
        everyone = sorted(set(to))
        values = {
            "kind": kind,
            "stream": stream or settings.transactional_stream,
            "workspaces": [addressee.workspace_id for addressee in everyone],
            "sources": [addressee.source_id for addressee in everyone],
            "recipients": [addressee.recipient for addressee in everyone],
            "now": clock.now(),
        }
        return [row.id for row in tx.execute(_ADDRESS, values) if row.state == State.QUEUED]

    @classmethod
    def ledger(cls, tx: Session, workspace_id: int) -> dict[str, dict[str, int]]:
        """How many deliveries of each kind are in each state: `{kind: {state: count}}`."""
        sums: dict[str, dict[str, int]] = {}
        for kind, state, count in tx.execute(_SUMS, {"workspace": workspace_id}):
            sums.setdefault(kind, {})[state] = int(count)
        return sums

    @classmethod
    def due(
        cls, tx: Session, kinds: Iterable[str], *, stream: str | None = None, after: int = 0, limit: int = 5_000
    ) -> list[int]:
        """Ids that wait to be sent, in order, from behind `after`: through one stream, or all that are simply open."""
        values = {"kinds": list(kinds), "stream": stream, "after": after, "limit": limit, "now": clock.now()}
        return list(tx.scalars(_DUE, values))


# Copies are counted as they change (`models.traces.tally`); all other mail is counted here, by its index alone.
_SUMS = text("""
    select 'edition', t.word, sum(t.count)
    from editions e join edition_tallies t on t.edition_id = e.id and t.what = 'copy'
    where e.workspace_id = :workspace group by t.word having sum(t.count) <> 0
    union all
    select kind, state, count(*) from deliveries
    where workspace_id = :workspace and kind <> 'edition' group by kind, state
""")
_ADDRESS = text("""
    insert into deliveries (workspace_id, kind, source_id, recipient, stream, state, reason, attempts, due_at,
                            settled_at, created_at)
    select given.workspace_id, :kind, given.source_id, given.recipient, :stream,
           case when s.id is null then 'queued' else 'suppressed' end, coalesce(s.reason, ''), 0, :now,
           case when s.id is not null then cast(:now as timestamptz) end, :now
    from unnest(cast(:workspaces as bigint[]), cast(:sources as bigint[]), cast(:recipients as text[]))
         as given(workspace_id, source_id, recipient)
    left join suppressions s on s.workspace_id = given.workspace_id and s.email = given.recipient
                            and s.stream = :stream and s.lifted_at is null
    on conflict (kind, source_id, recipient) do nothing
    returning id, state
""")

_READY = f"""
    id > :after and due_at <= :now
    and case when cast(:stream as text) is null then stream not in ({RESTRICTED}) else stream = :stream end
"""

# Each edition's first ones by an index, so that a page costs the same however many copies wait.
_DUE = text(f"""
    select id from (
        select id from deliveries where {MAILS} and kind = any(:kinds) and {_READY}
        union all
        select copies.id from ({GOING_OUT}) edition cross join lateral (
            select id from deliveries where {COPIES} and source_id = edition.id and {_READY} order by id limit :limit
        ) copies
        where 'edition' = any(:kinds)
    ) ready
    order by id limit :limit
""")  # noqa: S608  (constants)
