"""A contact's subscription to a publication: its state, and how we know that they wanted it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.contact import Contact
from models.db import Base
from models.subscription_change import BY_OPERATOR, BY_PAGE, SET, Change
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
        Index("ix_subscriptions_publication_id_id", "publication_id", "id"),
        Index("ix_subscriptions_publication_id_state_id", "publication_id", "state", "id"),
        Index("ix_subscriptions_paused", "publication_id", postgresql_where="paused_until is not null"),
        Index("ix_subscriptions_waiting", "changed_at", postgresql_where="state = 'unconfirmed'"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    publication_id: Mapped[int] = references("publications.id")
    contact_id: Mapped[int] = references("contacts.id", index=True)
    state: Mapped[Words] = mapped_column(default=State.UNCONFIRMED)
    consent: Mapped[Words] = mapped_column(default="")  # in words: who said so, where, to which text
    consented_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    source: Mapped[Words] = mapped_column(default="", server_default="")  # where: a page's address, a file's name
    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    paused_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # over by itself
    changed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # these: the latest `Change`
    changed_how: Mapped[Words] = mapped_column(default="", server_default="")
    changed_by: Mapped[Words] = mapped_column(default="", server_default="")
    changed_words: Mapped[Words] = mapped_column(default="", server_default="")
    changed_ip: Mapped[Words] = mapped_column(default="", server_default="")
    created_at: Mapped[CreatedAt]

    contact: Mapped[Contact] = relationship()

    @classmethod
    def holding(cls, tx: Session, text: str) -> "Subscription | None":
        """The subscription whose unsubscribe link this is; links work for ever and need no sign-in."""
        number = token.opened("unsubscribe", text)
        return tx.get(cls, number) if number else None

    @classmethod
    def at(cls, tx: Session, publication_id: int, email: str) -> "Subscription | None":
        """That of whoever has this address, in whatever case it is written."""
        found = select(cls).join(cls.contact).where(cls.publication_id == publication_id)
        return tx.scalar(found.where(Contact.email == email.lower()))

    @classmethod
    def begin(
        cls, tx: Session, publication_id: int, contact: Contact, *, consent: str, change: Change = BY_OPERATOR
    ) -> "Subscription":
        """An active subscription with its consent, unless there is one already: nobody who left is brought back."""
        fresh = {"workspace_id": contact.workspace_id, "publication_id": publication_id, "contact_id": contact.id}
        words = {"state": State.ACTIVE, "consent": consent, "consented_at": clock.now(), "created_at": clock.now()}
        tx.execute(insert(cls).values(fresh | words | change.values).on_conflict_do_nothing())
        return tx.scalars(select(cls).filter_by(publication_id=publication_id, contact_id=contact.id)).one()

    @classmethod
    def request(cls, tx: Session, publication_id: int, contact: Contact, change: Change) -> "Subscription":
        """Their subscription, unconfirmed when there was none; one that there is stays as it is."""
        fresh = {"workspace_id": contact.workspace_id, "publication_id": publication_id, "contact_id": contact.id}
        words = {"state": State.UNCONFIRMED, "created_at": clock.now()}
        tx.execute(insert(cls).values(fresh | words | change.values).on_conflict_do_nothing())
        return tx.scalars(select(cls).filter_by(publication_id=publication_id, contact_id=contact.id)).one()

    @property
    def unsubscribe_token(self) -> str:
        return token_of(self.id)

    @property
    def is_in(self) -> bool:
        return self.state in (State.ACTIVE, State.UNCONFIRMED)

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > clock.now()

    def opt_in(self, change: Change, *, consent: str, source: str) -> bool:
        """Active, with the proof that they wanted it; False for who bounced or complained. A repeat changes nothing."""
        if self.state in (State.UNCONFIRMED, State.UNSUBSCRIBED):
            self._become(State.ACTIVE, change)
            self.left_at, self.consented_at, self.consent, self.source = None, clock.now(), consent, source
        return self.state == State.ACTIVE

    def leave(self, tx: Session, change: Change = BY_PAGE) -> None:
        """Unsubscribed from now on; what waits to be sent to them is canceled. A repeat changes nothing."""
        if self.is_in:
            self._become(State.UNSUBSCRIBED, change)
            self.left_at, self.paused_until = clock.now(), None
            cancel_copies(tx, [self.id], "unsubscribed before it was sent")

    def pause(self, tx: Session, until: datetime, change: Change = BY_PAGE) -> None:
        """In no audience until then; what waits to be sent to them is canceled. It goes on by itself."""
        if self.state == State.ACTIVE:
            self._become(State.ACTIVE, change)
            self.paused_until = until
            cancel_copies(tx, [self.id], "paused before it was sent")

    def resume(self, change: Change = BY_PAGE) -> None:
        """A pause that is over, or never was, stays as it is."""
        if self.state == State.ACTIVE and self.is_paused:
            self._become(State.ACTIVE, change)
            self.paused_until = None

    def come_back(self, change: Change = BY_PAGE) -> None:
        """The person themselves, who holds a link from a mail of it, wants it again."""
        if self.state == State.UNSUBSCRIBED:
            self._become(State.ACTIVE, change)
            self.left_at, self.consented_at, self.consent = None, clock.now(), change.words or self.consent

    @classmethod
    def end(cls, tx: Session, edition_id: int, email: str, state: State, change: Change) -> None:
        """An edition bounced for good at this address, or was complained of: no other of its publication goes there."""
        about = {"edition": edition_id, "email": email, "state": state, "now": clock.now()}
        tx.execute(_END, about | change.values)

    def _become(self, state: State, change: Change) -> None:
        self.state = state
        for column, said in change.values.items():
            setattr(self, column, said)


def cancel_copies(tx: Session, subscription_ids: Sequence[int], because: str) -> None:
    """What waits to be sent to them is not sent."""
    tx.flush()
    tx.execute(_CANCEL, {"subscriptions": list(subscription_ids), "now": clock.now(), "because": because})


# Of a subscription `s`: whether it is in the audience of an edition at `:now`.
LISTENS = "s.state = 'active' and (s.paused_until is null or s.paused_until <= :now)"


def token_of(subscription_id: int) -> str:
    """What an unsubscribe link carries, from the id alone: mails are composed by the hundred thousand."""
    return token.sealed("unsubscribe", subscription_id)


_CANCEL = text("""
    update deliveries d set state = 'canceled', reason = :because, settled_at = :now
    from subscriptions s join contacts c on c.id = s.contact_id join editions e on e.publication_id = s.publication_id
    where s.id = any(:subscriptions) and e.state in ('addressing', 'sending', 'paused')
      and d.kind = 'edition' and d.source_id = e.id and d.recipient = c.email and d.state = 'queued'
""")

_END = text(f"""
    update subscriptions s set state = :state, left_at = :now, paused_until = null,
        {SET}
    from editions e join contacts c on c.workspace_id = e.workspace_id
    where e.id = :edition and c.email = :email and s.publication_id = e.publication_id and s.contact_id = c.id
      and (s.state in ('active', 'unconfirmed') or s.state = 'bounced' and :state = 'complained')
""")  # noqa: S608  (a constant)
