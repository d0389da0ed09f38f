"""Who gets an edition and who does not, and why, of everybody who subscribes to its newsletter, ever did, or is meant.

An edition may be meant for some of its subscribers: a text of `models.segments`, which may name lists, and segments
that are saved, and leave some out with `not in segment 3`. Empty, it is meant for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, false, func, not_, or_, select
from sqlalchemy.orm import Session

from config import settings
from models.contact import Contact
from models.delivery import Delivery
from models.edition import Edition
from models.segments.conditions import Everybody
from models.segments.parsing import parse
from models.segments.scope import Scope
from models.segments.sql import suppressed, where
from models.standing import Standing
from models.subscription import State, Subscription
from models.subscription_change import SubscriptionChange
from models.suppression import Suppression


class Why(StrEnum):
    """One for each person; the first that holds."""

    STRANGER = "stranger"  # meant, but never subscribed
    UNCONFIRMED = "unconfirmed"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    PAUSED = "paused"
    NOT_MEANT = "not meant"
    SUPPRESSED = "suppressed"  # they are addressed, so that the sums balance, and not mailed
    GETS_IT = "gets it"


@dataclass(frozen=True)
class Reach:
    """As it would be at this moment."""

    edition: Edition
    meant: ColumnElement[bool]
    scope: Scope

    @classmethod
    def of(cls, tx: Session, edition: Edition) -> "Reach":
        scope, meant = _meant(tx, edition)
        return cls(edition, meant, scope)

    def counts(self, tx: Session) -> dict[str, int]:
        """`{why: how many}`, those who get it last."""
        rows = tx.execute(self._everybody(self._why(), func.count()).group_by("why")).all()
        return {str(why): count for why in Why for found, count in rows if found == why}

    def readers(self, tx: Session) -> int:
        """How many get it."""
        if not self.is_choosy:
            return self.edition.publication.subscribers(tx)
        return tx.scalar(self._everybody(func.count()).where(self._why() == Why.GETS_IT)) or 0

    def page(self, tx: Session, why: Why, *, before: int | None = None, size: int = 50) -> Sequence[Contact]:
        """Those of whom it is so, newest first, from below the number `before`."""
        mine = self._everybody(Contact).where(self._why() == why).order_by(Contact.id.desc()).limit(size)
        return tx.scalars(mine.where(Contact.id < before) if before else mine).all()

    @property
    def is_choosy(self) -> bool:
        """Whether it is for some of the subscribers only."""
        return bool(self.edition.meant_for)

    @property
    def listening(self) -> tuple[ColumnElement[bool], ...]:
        """Of subscriptions: whether they are in the audience of an edition for all. `LISTENS` says it in SQL."""
        goes_on = or_(Subscription.paused_until.is_(None), Subscription.paused_until <= self.scope.now)
        return Subscription.publication_id == self.edition.publication_id, Subscription.state == State.ACTIVE, goes_on

    def subscribers(self, tx: Session) -> int:
        """How many are in the audience of an edition for all."""
        return tx.scalar(self._subscribers()) or 0

    @property
    def coming_late(self) -> tuple[ColumnElement[bool], ...]:
        """Of those in the audience: whether they came, or came back, since it was published, and have no copy.

        Found by their history, so that a page which asks costs what has happened since, not what there is.
        """
        since = func.coalesce(Subscription.changed_at, Subscription.created_at) >= self.edition.published_at
        changed = select(SubscriptionChange.subscription_id).filter_by(publication_id=self.edition.publication_id)
        history = Subscription.id.in_(changed.where(SubscriptionChange.at >= self.edition.published_at))
        copy = select(Delivery.id).filter_by(kind="edition", source_id=self.edition.id, recipient=Contact.email)
        return history, since, not_(copy.exists())

    def late_joiners(self, tx: Session) -> int:
        """How many would get it if it was addressed once more."""
        return tx.scalar(select(func.count()).select_from(self.chosen(late=True).order_by(None).subquery())) or 0

    def chosen(self, *, late: bool = False) -> Select[Any]:
        """Who is addressed: the address, the reason why it may not be mailed to, and how many subscribe.

        late: those alone who came since it was published.
        """
        theirs = and_(Suppression.workspace_id == Contact.workspace_id, Suppression.email == Contact.email)
        open_ones = and_(theirs, Suppression.stream == settings.broadcast_stream, Suppression.lifted_at.is_(None))
        everybody = self._subscribers().scalar_subquery().label("everybody")
        rows = select(Contact.email.label("recipient"), Suppression.reason.label("held"), everybody)
        rows = rows.select_from(Subscription).join(Contact, Contact.id == Subscription.contact_id)
        here = Contact.workspace_id == self.edition.workspace_id
        found = rows.outerjoin(Suppression, open_ones).where(*self.listening, here, self.meant)
        return (found.where(*self.coming_late) if late else found).order_by(Contact.email)

    def _subscribers(self) -> Select[Any]:
        """By the sums that are kept with every change: a million are not counted again."""
        mine, resting = self.edition.publication_id, Subscription.paused_until > self.scope.now
        active = select(func.coalesce(func.sum(Standing.count), 0)).filter_by(publication_id=mine, state=State.ACTIVE)
        away = select(func.count(Subscription.id)).filter_by(publication_id=mine, state=State.ACTIVE).where(resting)
        return select(cast(active.scalar_subquery() - away.scalar_subquery(), BigInteger))

    def _everybody(self, *columns: Any) -> Select[Any]:
        """Who is meant, subscribing or not, and all who ever subscribed."""
        this = Subscription.publication_id == self.edition.publication_id
        found = select(*columns).select_from(Contact).where(Contact.workspace_id == self.edition.workspace_id)
        joined = found.join(Subscription, and_(Subscription.contact_id == Contact.id, this), isouter=self.is_choosy)
        return joined.where(or_(Subscription.id.is_not(None), self.meant)) if self.is_choosy else joined

    def _why(self) -> Any:
        reasons = case(
            (Subscription.id.is_(None), Why.STRANGER),
            (Subscription.state != State.ACTIVE, Subscription.state),
            (Subscription.paused_until > self.scope.now, Why.PAUSED),
            (not_(self.meant), Why.NOT_MEANT),
            (suppressed(self.edition.workspace_id), Why.SUPPRESSED),
            else_=Why.GETS_IT,
        )
        return reasons.label("why")


def _meant(tx: Session, edition: Edition) -> tuple[Scope, ColumnElement[bool]]:
    """Nobody, where it names a list that is gone: `not on list 3` would mean everybody then."""
    condition = parse(edition.meant_for) if edition.meant_for else Everybody()
    scope = Scope.of(tx, edition.workspace_id, condition, asking=edition.id)
    return scope, false() if scope.lost else where(condition, scope)
