"""Who gets an edition and who does not, and why, of everybody who subscribes to its newsletter, ever did, or is meant.

An edition may be meant for some of its subscribers: a text of `models.segments`, which may name lists, and segments
that are saved, and leave some out with `not in segment 3`. Empty, it is meant for all of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, false, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from config import settings
from models.contact import Contact
from models.delivery import Delivery
from models.edition import Edition
from models.segments.conditions import Everybody
from models.segments.parsing import parse
from models.segments.people import MEMORY
from models.segments.scope import Scope
from models.segments.sql import suppressed, where
from models.standing import Standing
from models.subscription import State, Subscription
from models.subscription_change import SubscriptionChange
from models.suppression import Suppression

MANY = 10_000  # late joiners, of whom a page says no more than that they are more


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
        """`{why: how many}`, those who get it last. Who subscribes is not counted: that is read from sums."""
        subscribing = Standing.of(tx, [self.edition.publication_id])[self.edition.publication_id]
        paused = tx.scalar(select(func.count(Subscription.id)).where(*self._resting)) or 0
        active = subscribing.pop(State.ACTIVE, 0) - paused
        tx.execute(MEMORY)
        strangers, meant, held = tx.execute(self._met() if self.is_choosy else self._held(active)).one()
        found: dict[str, int] = {**subscribing, Why.STRANGER: strangers, Why.PAUSED: paused}
        found |= {Why.NOT_MEANT: active - meant, Why.SUPPRESSED: held, Why.GETS_IT: meant - held}
        return {str(why): found[why] for why in Why if found.get(why)}

    def readers(self, tx: Session) -> int:
        """How many get it."""
        if not self.is_choosy:
            return self.edition.publication.subscribers(tx)
        tx.execute(MEMORY)
        return tx.scalar(self._those(Why.GETS_IT, func.count())) or 0

    def found(self, why: Why) -> Select[Any]:
        """Contacts of whom it is so, in no order."""
        return self._those(why, Contact)

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

    def late_joiners(self, tx: Session, most: int | None = None) -> int:
        """How many would get it if it was addressed once more; counted up to `most`."""
        late = self.chosen(late=True).order_by(None).limit(most)
        return tx.scalar(select(func.count()).select_from(late.subquery())) or 0

    def chosen(self, *, late: bool = False) -> Select[Any]:
        """Who is addressed: the address, the reason why it may not be mailed to, and how many subscribe.

        late: those alone who came since it was published.
        """
        everybody = self._subscribers().scalar_subquery().label("everybody")
        rows = select(Contact.email.label("recipient"), Suppression.reason.label("held"), everybody)
        rows = rows.select_from(Subscription).join(Contact, Contact.id == Subscription.contact_id)
        here = Contact.workspace_id == self.edition.workspace_id
        found = rows.outerjoin(Suppression, self._barred).where(*self.listening, here, self.meant)
        return (found.where(*self.coming_late) if late else found).order_by(Contact.email)

    def _subscribers(self) -> Select[Any]:
        """By the sums that are kept with every change: a million are not counted again."""
        mine = self.edition.publication_id
        active = select(func.coalesce(func.sum(Standing.count), 0)).filter_by(publication_id=mine, state=State.ACTIVE)
        away = select(func.count(Subscription.id)).where(*self._resting)
        return select(cast(active.scalar_subquery() - away.scalar_subquery(), BigInteger))

    def _met(self) -> Select[Any]:
        """How many are meant who never subscribed, who are in the audience, and of these who is suppressed."""
        strangers, listening = func.count().filter(Subscription.id.is_(None)), and_(*self.listening)
        meant = func.count().filter(listening), func.count(Suppression.id).filter(listening)
        return self._contacts(strangers, *meant).outerjoin(Suppression, self._barred).where(self.meant)

    def _held(self, active: int) -> Select[int, int, int]:
        """The same where everybody is meant: it begins with who is suppressed."""
        held = select(literal(0), literal(active), func.count()).select_from(Suppression).join(Contact, self._barred)
        held = held.join(Subscription, Subscription.contact_id == Contact.id).where(*self.listening)
        return held.where(Suppression.workspace_id == self.edition.workspace_id)

    def _those(self, why: Why, *columns: Any) -> Select[Any]:
        """Said of subscriptions plainly, so that PostgreSQL begins with what is fewest."""
        listens = (*self.listening, self.meant)
        barred = suppressed(self.edition.workspace_id)
        conditions = {
            Why.STRANGER: (Subscription.id.is_(None), self.meant),
            Why.PAUSED: self._resting,
            Why.NOT_MEANT: (*self.listening, not_(self.meant)),
            Why.SUPPRESSED: (*listens, barred),
            Why.GETS_IT: (*listens, not_(barred)),
        }
        return self._contacts(*columns).where(*conditions.get(why, (Subscription.state == why,)))

    def _contacts(self, *columns: Any) -> Select[Any]:
        """Each with their subscription, if they have one."""
        this = and_(Subscription.contact_id == Contact.id, Subscription.publication_id == self.edition.publication_id)
        found = select(*columns).select_from(Contact).join(Subscription, this, isouter=True)
        return found.where(Contact.workspace_id == self.edition.workspace_id)

    @property
    def _barred(self) -> ColumnElement[bool]:
        """Of suppressions: whether newsletters may not go to a contact's address because of it."""
        theirs = and_(Suppression.workspace_id == Contact.workspace_id, Suppression.email == Contact.email)
        return and_(theirs, Suppression.stream == settings.broadcast_stream, Suppression.lifted_at.is_(None))

    @property
    def _resting(self) -> tuple[ColumnElement[bool], ...]:
        mine = Subscription.publication_id == self.edition.publication_id
        return mine, Subscription.state == State.ACTIVE, Subscription.paused_until > self.scope.now


def _meant(tx: Session, edition: Edition) -> tuple[Scope, ColumnElement[bool]]:
    """Nobody, where it names a list that is gone: `not on list 3` would mean everybody then."""
    condition = parse(edition.meant_for) if edition.meant_for else Everybody()
    scope = Scope.of(tx, edition.workspace_id, condition, asking=edition.id)
    return scope, false() if scope.lost else where(condition, scope)
