"""A contact's subscription to a publication: its state, and how we know that they wanted it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.contact import Contact
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId, references


class State(StrEnum):
    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class Subscription(Base):
    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("publication_id", "contact_id"),
        CheckConstraint("state in ('unconfirmed', 'active', 'unsubscribed', 'bounced', 'complained')", name="state"),
        Index("ix_subscriptions_active", "publication_id", "id", postgresql_where="state = 'active'"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    publication_id: Mapped[int] = references("publications.id")
    contact_id: Mapped[int] = references("contacts.id", index=True)
    state: Mapped[Words] = mapped_column(default=State.UNCONFIRMED)
    consent: Mapped[Words] = mapped_column(default="")  # in words: who said so, where, to which text
    consented_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    contact: Mapped[Contact] = relationship()

    @classmethod
    def holding(cls, tx: Session, text: str) -> "Subscription | None":
        """The subscription whose unsubscribe link this is; links work for ever and need no sign-in."""
        number = token.opened("unsubscribe", text)
        return tx.get(cls, number) if number else None

    @classmethod
    def begin(cls, tx: Session, publication_id: int, contact: Contact, *, consent: str) -> "Subscription":
        """An active subscription with its consent, unless there is one already: nobody who left is brought back."""
        fresh = {"workspace_id": contact.workspace_id, "publication_id": publication_id, "contact_id": contact.id}
        words = {"state": State.ACTIVE, "consent": consent, "consented_at": clock.now()}
        tx.execute(insert(cls).values(fresh | words).on_conflict_do_nothing())
        return tx.scalars(select(cls).filter_by(publication_id=publication_id, contact_id=contact.id)).one()

    @property
    def unsubscribe_token(self) -> str:
        return token_of(self.id)

    def leave(self, tx: Session) -> None:
        """Unsubscribed from now on; what waits to be sent to them is canceled. A repeat changes nothing."""
        if self.state in (State.ACTIVE, State.UNCONFIRMED):
            self.state, self.left_at = State.UNSUBSCRIBED, clock.now()
            tx.execute(_CANCEL, {"subscription": self.id, "now": clock.now()})

    @classmethod
    def end(cls, tx: Session, edition_id: int, email: str, state: State) -> None:
        """An edition bounced for good at this address, or was complained of: no other of its publication goes there."""
        tx.execute(_END, {"edition": edition_id, "email": email, "state": state, "now": clock.now()})


def token_of(subscription_id: int) -> str:
    """What an unsubscribe link carries, from the id alone: mails are composed by the hundred thousand."""
    return token.sealed("unsubscribe", subscription_id)


_CANCEL = text("""
    update deliveries d set state = 'canceled', reason = 'unsubscribed before it was sent', settled_at = :now
    from subscriptions s join contacts c on c.id = s.contact_id join editions e on e.publication_id = s.publication_id
    where s.id = :subscription and e.state in ('addressing', 'sending', 'paused')
      and d.kind = 'edition' and d.source_id = e.id and d.recipient = c.email and d.state = 'queued'
""")

_END = text("""
    update subscriptions s set state = :state, left_at = :now
    from editions e join contacts c on c.workspace_id = e.workspace_id
    where e.id = :edition and c.email = :email and s.publication_id = e.publication_id and s.contact_id = c.id
      and (s.state in ('active', 'unconfirmed') or s.state = 'bounced' and :state = 'complained')
""")
