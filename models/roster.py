"""The subscribers of a publication as somebody looks for them, and what is done to many of them at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from models import clock
from models.contact import Contact
from models.subscription import State, Subscription, cancel_copies
from models.subscription_change import SET, Change

PAUSED = "paused"
STATES = (*State, PAUSED)


class Roster(NamedTuple):
    """Who is looked for; what is blank narrows nothing. `beginning` is that of an address."""

    publication_id: int
    state: str = ""
    tag: str = ""
    beginning: str = ""

    @property
    def found(self) -> Select[Any]:
        """Subscriptions, joined with their contacts, in no order."""
        found = select(Subscription).join(Subscription.contact)
        found = found.where(Subscription.publication_id == self.publication_id)
        if self.state == PAUSED:
            found = found.where(Subscription.state == State.ACTIVE, Subscription.paused_until > clock.now())
        elif self.state:
            found = found.where(Subscription.state == self.state)
        if self.tag:
            found = found.where(Contact.tags.contains([self.tag]))
        if self.beginning:
            found = found.where(Contact.email.startswith(self.beginning.lower(), autoescape=True))
        return found

    def ids(self, tx: Session, chosen: Sequence[int]) -> list[int]:
        """Those of the chosen that are among them."""
        return list(tx.scalars(self.found.with_only_columns(Subscription.id).where(Subscription.id.in_(chosen))))

    def after(self, tx: Session, place: int, most: int) -> list[int]:
        """The next `most` of them behind that one."""
        behind = self.found.with_only_columns(Subscription.id).where(Subscription.id > place)
        return list(tx.scalars(behind.order_by(Subscription.id).limit(most)))

    def how_many(self, tx: Session, most: int) -> int:
        """How many they are, `most` at most."""
        few = self.found.with_only_columns(Subscription.id).limit(most).subquery()
        return tx.scalar(select(func.count()).select_from(few)) or 0


def tag(tx: Session, ids: Sequence[int], word: str) -> list[int]:
    """Gives the contacts of these subscriptions a tag; returns the contacts that had not got it."""
    return list(tx.scalars(_TAG, {"ids": list(ids), "tag": word}))


def untag(tx: Session, ids: Sequence[int], word: str) -> list[int]:
    """Takes a tag from them; returns the contacts that had it."""
    return list(tx.scalars(_UNTAG, {"ids": list(ids), "tag": word}))


def end(tx: Session, ids: Sequence[int], change: Change) -> int:
    """Unsubscribes them; what waits to be sent to them is canceled. Returns how many there were."""
    gone = list(tx.scalars(_END, {"ids": list(ids), "now": clock.now(), **change.values}))
    cancel_copies(tx, gone, "unsubscribed before it was sent")
    return len(gone)


_TAG = text("""
    update contacts c
    set tags = array(select distinct word from unnest(c.tags || cast(:tag as text)) as word order by 1)
    where c.id in (select contact_id from subscriptions where id = any(:ids))
      and not c.tags @> array[cast(:tag as text)]
    returning c.id
""")

_UNTAG = text("""
    update contacts c set tags = array_remove(c.tags, cast(:tag as text))
    where c.id in (select contact_id from subscriptions where id = any(:ids)) and c.tags @> array[cast(:tag as text)]
    returning c.id
""")

_END = text(f"""
    update subscriptions set state = 'unsubscribed', left_at = :now, paused_until = null,
        {SET}
    where id = any(:ids) and state in ('active', 'unconfirmed')
    returning id
""")  # noqa: S608  (a constant)
