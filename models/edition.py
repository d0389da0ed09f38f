"""One newsletter mail to everybody who subscribes when it is published.

draft ─publish→ addressing ─audience frozen→ sending ─nothing open→ sent
                                                ├ pause ⇄ resume
                                                └ cancel→ canceled
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Index, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from config import settings
from models import clock
from models.db import Base
from models.publication import Publication
from models.types import CreatedAt, Id, Words, WorkspaceId, references


class State(StrEnum):
    DRAFT = "draft"
    ADDRESSING = "addressing"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELED = "canceled"


# Whose deliveries may be sent at this moment.
GOING_OUT = """
    select e.id from editions e join publications p on p.id = e.publication_id
    where e.state = 'sending' and p.paused_at is null
"""


class Edition(Base):
    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'addressing', 'sending', 'paused', 'sent', 'canceled')", name="state"),
        Index("ix_editions_open", "id", postgresql_where="state in ('addressing', 'sending')"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    publication_id: Mapped[int] = references("publications.id", index=True)
    subject: Mapped[Words]
    html: Mapped[Words]
    text: Mapped[Words]
    state: Mapped[Words] = mapped_column(default=State.DRAFT)
    audience: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    publication: Mapped[Publication] = relationship()

    def revise(self, tx: Session, *, subject: str, html: str, text: str) -> bool:
        """False when it is no draft any more: what has been published stays as it is."""
        return self._move(tx, State.DRAFT, State.DRAFT, subject=subject, html=html, text=text)

    def publish(self, tx: Session) -> bool:
        """True for the one caller who sends it off; `address` does the rest."""
        return self._move(tx, State.DRAFT, State.ADDRESSING, published_at=clock.now())

    def address(self, tx: Session) -> bool:
        """Freezes the audience: a delivery for everybody who subscribes at this moment, in one statement.

        True for the one caller who did. The suppressed get their row too, so that the sums balance. An address that is
        subscribed twice gets one.
        """
        tx.execute(text("set local statement_timeout = '10min'"))
        if not self._move(tx, State.ADDRESSING, State.SENDING):
            return False
        values = {"edition": self.id, "stream": settings.broadcast_stream, "now": clock.now()}
        self.audience = tx.scalar(_ADDRESS, values) or 0
        return True

    def pause(self, tx: Session) -> bool:
        return self._move(tx, State.SENDING, State.PAUSED)

    def resume(self, tx: Session) -> bool:
        return self._move(tx, State.PAUSED, State.SENDING)

    def cancel(self, tx: Session) -> bool:
        """Whoever has not got it does not; whoever is being sent it does."""
        moved = self._move(tx, State.SENDING, State.CANCELED) or self._move(tx, State.PAUSED, State.CANCELED)
        if moved:
            tx.execute(_CANCEL, {"edition": self.id, "now": clock.now()})
        return moved

    def send_to_the_rest(self, tx: Session) -> int:
        """Queues it again for everybody who certainly did not get it; returns how many. Safe to press twice.

        That is: failed for good, bounced softly, or canceled. Never who is suppressed, has complained or left, nor who
        is in doubt.
        """
        values = {"edition": self.id, "now": clock.now()}
        count = len(tx.execute(_SEND_TO_THE_REST, values).all())
        if count:
            over = Edition.state.in_([State.SENT, State.CANCELED])  # one that is paused stays so
            tx.execute(update(Edition).where(Edition.id == self.id, over).values(state=State.SENDING, finished_at=None))
        return count

    @classmethod
    def finish(cls, tx: Session) -> list[int]:
        """Ends every edition that has no open deliveries; the ids of those that this caller ended."""
        return list(tx.scalars(_FINISH, {"now": clock.now()}))

    @classmethod
    def waiting(cls, tx: Session) -> list[int]:
        """Published, but not addressed within a minute: the job that was to do so is lost."""
        overdue = clock.now() - timedelta(minutes=1)
        return list(tx.scalars(select(cls.id).where(cls.state == State.ADDRESSING, cls.published_at < overdue)))

    @classmethod
    def of(cls, tx: Session, workspace_id: int, number: int) -> "Edition | None":
        return tx.scalar(select(cls).filter_by(workspace_id=workspace_id, id=number))

    def _move(self, tx: Session, before: State, after: State, **changes: object) -> bool:
        row = update(Edition).where(Edition.id == self.id, Edition.state == before).values(state=after, **changes)
        moved = tx.execute(row).rowcount == 1  # type: ignore[attr-defined]
        tx.refresh(self)
        return moved


_ADDRESS = text("""
    with addressed as (
        insert into deliveries (workspace_id, kind, source_id, recipient, stream, state, reason, attempts, due_at,
                                settled_at, created_at)
        select distinct on (c.email) s.workspace_id, 'edition', :edition, c.email, :stream,
               case when x.id is null then 'queued' else 'suppressed' end, coalesce(x.reason, ''), 0, :now,
               case when x.id is not null then cast(:now as timestamptz) end, :now
        from editions e
        join subscriptions s on s.publication_id = e.publication_id and s.state = 'active'
        join contacts c on c.id = s.contact_id
        left join suppressions x on x.workspace_id = s.workspace_id and x.email = c.email
                                and x.stream = :stream and x.lifted_at is null
        where e.id = :edition
        order by c.email
        on conflict (kind, source_id, recipient) do nothing
        returning 1
    )
    select count(*) from addressed
""")

_CANCEL = text("""
    update deliveries set state = 'canceled', reason = 'the edition was canceled', settled_at = :now
    where kind = 'edition' and source_id = :edition and state = 'queued'
""")

_SEND_TO_THE_REST = text("""
    update deliveries d
    set state = 'queued', reason = '', due_at = :now, settled_at = null, attempts = 0, created_at = :now
    from editions e
    join subscriptions s on s.publication_id = e.publication_id and s.state = 'active'
    join contacts c on c.id = s.contact_id
    where e.id = :edition and d.kind = 'edition' and d.source_id = e.id and d.recipient = c.email
      and d.state in ('failed', 'canceled', 'bounced')
      and not exists (select from suppressions x where x.workspace_id = d.workspace_id and x.email = d.recipient
                                                   and x.stream = d.stream and x.lifted_at is null)
    returning d.id
""")

_FINISH = text("""
    update editions e set state = 'sent', finished_at = :now
    where e.state = 'sending' and e.finished_at is null
      and not exists (select from deliveries where state = 'queued' and kind = 'edition' and source_id = e.id)
      and e.id not in (select source_id from deliveries where state in ('sending', 'unknown') and kind = 'edition')
    returning e.id
""")
