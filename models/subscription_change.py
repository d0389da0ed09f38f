"""What became of a subscription: every change of its state, since it began. Nothing here is ever changed.

The database writes these rows itself, in the transaction of whatever changes a subscription (a trigger of migration
0010): no statement, and no older release, can leave one out. What a change says of itself are the columns of
`Change.values`, which every statement that changes a state sets too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import BigInteger, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Id, Moment, Words, references


class How(StrEnum):
    """By which way it was changed; empty in history that is older than histories."""

    OPERATOR = "operator"
    IMPORT = "import"
    FORM = "form"
    API = "API"
    PAGE = "page"  # of a link from a mail
    ONE_CLICK = "one-click"
    MAIL = "mail"
    POSTMARK = "Postmark"


class Change(NamedTuple):
    """How, by whom (an address, a key's name, a file), in which words, from which network address."""

    how: How
    by: str = ""
    words: str = ""
    ip: str = ""

    @property
    def values(self) -> dict[str, object]:
        """As the columns of the subscription have it."""
        said = {"changed_how": self.how, "changed_by": self.by, "changed_words": self.words, "changed_ip": self.ip}
        return {"changed_at": clock.now(), **said}


BY_OPERATOR, BY_PAGE = Change(How.OPERATOR), Change(How.PAGE)

# For statements of many rows; their parameters are `Change.values`.
SET = """changed_at = :changed_at, changed_how = :changed_how, changed_by = :changed_by,
        changed_words = :changed_words, changed_ip = :changed_ip"""


class SubscriptionChange(Base):
    __tablename__ = "subscription_changes"
    __table_args__ = (
        Index("ix_subscription_changes_subscription_id_id", "subscription_id", "id"),
        Index("ix_subscription_changes_publication_id_at", "publication_id", "at"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[int] = mapped_column(BigInteger)
    publication_id: Mapped[int] = mapped_column(BigInteger)
    subscription_id: Mapped[int] = references("subscriptions.id")
    at: Mapped[Moment]
    before: Mapped[Words]  # empty for the first
    after: Mapped[Words]  # a state, or `paused`
    how: Mapped[Words]
    by: Mapped[Words]
    words: Mapped[Words]
    ip: Mapped[Words]

    @classmethod
    def of(cls, tx: Session, subscription_ids: Iterable[int]) -> Sequence["SubscriptionChange"]:
        """Of these subscriptions, oldest first."""
        return tx.scalars(select(cls).where(cls.subscription_id.in_(list(subscription_ids))).order_by(cls.id)).all()

    @classmethod
    def since(cls, tx: Session, subscription_id: int, moment: datetime) -> Sequence["SubscriptionChange"]:
        """What became of one since then, oldest first."""
        found = select(cls).where(cls.subscription_id == subscription_id, cls.at >= moment)
        return tx.scalars(found.order_by(cls.id)).all()
