"""What somebody who holds the link from one of a workspace's mails may set: what they get, and what we know of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.contact import Contact
from models.publication import Publication
from models.subscription import State, Subscription
from models.subscription_change import Change


class Choice(NamedTuple):
    """A publication, and how this person stands to it."""

    publication: Publication
    subscription: Subscription | None

    @property
    def is_in(self) -> bool:
        return self.subscription is not None and self.subscription.is_in

    @property
    def is_open(self) -> bool:
        """Whether it is theirs to choose: an address that bounces or complained stays out."""
        return self.subscription is None or self.subscription.state not in (State.BOUNCED, State.COMPLAINED)


def choices(tx: Session, contact: Contact) -> Sequence[Choice]:
    """The publications that they have ever subscribed to, and those that have a public page; with their workspace."""
    mine = (Subscription.publication_id == Publication.id) & (Subscription.contact_id == contact.id)
    found = select(Publication, Subscription).outerjoin(Subscription, mine).options(joinedload(Publication.workspace))
    found = found.where(Publication.workspace_id == contact.workspace_id)
    found = found.where(or_(Subscription.id.is_not(None), Publication.slug.is_not(None)))
    return [Choice(*row) for row in tx.execute(found.order_by(Publication.name))]


def choose(tx: Session, contact: Contact, wanted: Collection[int], change: Change) -> None:
    """From now on they get these publications, as far as they may choose, and no others. A repeat changes nothing."""
    for choice in choices(tx, contact):
        if choice.is_open and choice.is_in != (choice.publication.id in wanted):
            _leave(tx, choice, change) if choice.is_in else _enter(tx, choice, contact, change)


def pause(tx: Session, contact: Contact, until: datetime | None, change: Change) -> None:
    """Everything that they get rests until then, or goes on when there is no such moment."""
    for choice in choices(tx, contact):
        if (mine := choice.subscription) and mine.state == State.ACTIVE:
            if until is None:
                mine.resume(change)
            elif mine.paused_until != until:
                mine.pause(tx, until, change)


def _leave(tx: Session, choice: Choice, change: Change) -> None:
    if choice.subscription:
        choice.subscription.leave(tx, change)


def _enter(tx: Session, choice: Choice, contact: Contact, change: Change) -> None:
    """Whoever holds the link reads mail at this address: nothing else has to be confirmed."""
    subscription = choice.subscription or Subscription.request(tx, choice.publication.id, contact, change)
    words = f"chose {choice.publication.name} among their preferences"
    subscription.opt_in(change, consent=words, source="preferences")
