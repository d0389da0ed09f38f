"""Somebody asked to subscribe, in these words, from there; and they confirmed it by mail, or did not.

An ask makes nobody a subscriber of a publication with double opt-in: what they ask for begins once whoever reads mail
at that address has pressed a button. Nobody can be made to get more than a few such mails.
"""

from datetime import datetime, timedelta

from sqlalchemy import DateTime, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.db import Base
from models.subscription import Subscription
from models.subscription_change import Change, How
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.workspace import Workspace

LASTS = timedelta(days=7)
PAUSE = timedelta(minutes=10)  # between two mails to the same person about the same publication
MAILS_A_DAY = 3  # to one person, about all publications of a workspace
PAGE = 5_000


class OptIn(Base):
    __tablename__ = "opt_ins"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    subscription_id: Mapped[int] = references("subscriptions.id", index=True)
    words: Mapped[Words]  # what they agreed to
    source: Mapped[Words]  # where: the address of a page
    ip: Mapped[Words]
    created_at: Mapped[CreatedAt]
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    confirmed_ip: Mapped[Words] = mapped_column(default="", server_default="")

    subscription: Mapped[Subscription] = relationship()
    workspace: Mapped[Workspace] = relationship()

    @classmethod
    def ask(cls, tx: Session, subscription: Subscription, change: Change, source: str) -> int | None:
        """The id of the new ask, whose mail is to be sent; None when they have been asked enough lately."""
        if cls._is_enough(tx, subscription):
            return None
        about = {"words": change.words, "source": source, "ip": change.ip}
        asked = cls(workspace_id=subscription.workspace_id, subscription_id=subscription.id, **about)
        tx.add(asked)
        tx.flush()
        return asked.id

    @classmethod
    def holding(cls, tx: Session, sealed: str) -> "OptIn | None":
        """The ask whose confirmation link this is."""
        number = token.opened("opt-in", sealed)
        return tx.get(cls, number) if number else None

    @classmethod
    def forget(cls, tx: Session) -> int:
        """Deletes a page of subscriptions that nobody confirmed in time; returns how many there were.

        A contact whom we know from such a form alone goes with them.
        """
        values = {"asked_before": clock.now() - LASTS, "page": PAGE}
        return len(tx.execute(_FORGET, values).all())

    @property
    def token(self) -> str:
        return token.sealed("opt-in", self.id)

    @property
    def is_over(self) -> bool:
        """Too old, or from before they left: an old mail brings nobody back."""
        left = self.subscription.left_at
        return clock.now() - self.created_at > LASTS or (left is not None and left > self.created_at)

    def confirm(self, ip: str, words: str) -> bool:
        """Whether they subscribe now; `words` are those of the button. A repeat changes nothing."""
        if self.confirmed_at:
            return self.subscription.is_in
        if self.is_over:
            return False
        self.confirmed_at, self.confirmed_ip = clock.now(), ip
        change = Change(How.PAGE, self.subscription.contact.email, words, ip)
        return self.subscription.opt_in(change, consent=self.words, source=self.source)

    @classmethod
    def _is_enough(cls, tx: Session, subscription: Subscription) -> bool:
        now = clock.now()
        asks = select(func.count()).select_from(cls).join(Subscription)
        same = asks.where(cls.subscription_id == subscription.id, cls.created_at > now - PAUSE)
        all_day = asks.where(Subscription.contact_id == subscription.contact_id, cls.created_at > now - timedelta(1))
        return bool(tx.scalar(same)) or (tx.scalar(all_day) or 0) >= MAILS_A_DAY


_FORGET = text("""
    with old as (
        select id from subscriptions
        where state = 'unconfirmed' and changed_at < :asked_before
          and not exists (select from opt_ins where subscription_id = subscriptions.id and created_at > :asked_before)
        order by changed_at limit :page for update skip locked
    ), gone as (
        delete from subscriptions s using old where s.id = old.id returning s.id, s.contact_id, s.created_at
    ), strangers as (
        delete from contacts c using gone g
        where c.id = g.contact_id and c.created_at > g.created_at - interval '5 seconds' and c.note = ''
          and not exists (select from list_members m where m.contact_id = c.id)
          and not exists (select from subscriptions s where s.contact_id = c.id and s.id <> g.id)
    )
    select id from gone
""")
