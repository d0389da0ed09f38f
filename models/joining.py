"""Somebody wants to subscribe: what becomes of it, by the publication's rules and by what there was before.

Whoever asks is answered the same in each case, so that a form tells nobody who subscribes.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models import clock
from models.contact import Contact
from models.opt_in import OptIn
from models.publication import Publication
from models.subscription import State, Subscription
from models.subscription_change import Change


@dataclass(frozen=True)
class Joiner:
    """Who asks; `email` is as `models.user.normal` makes it. What is blank here is not known."""

    email: str
    name: str = ""
    locale: str = ""
    zone: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Joined:
    subscription: Subscription
    opt_in: int | None = None  # whose mail is to be sent


def join(
    tx: Session, publication: Publication, joiner: Joiner, change: Change, *, source: str, proven: bool = False
) -> Joined:
    """Subscribes them, or asks them by mail whether they want it; `change.words` is what they agreed to.

    With double opt-in, everybody is asked. With single opt-in, or where whoever calls has proof (`proven`), who is new
    is active at once; who left is asked all the same, since anybody can type an address. Who bounced or complained
    stays out, and who subscribes is left alone.
    """
    contact = _known(tx, publication.workspace_id, joiner)
    subscription = Subscription.request(tx, publication.id, contact, change)
    if subscription.state == State.UNCONFIRMED and (proven or publication.opt_in == "single"):
        subscription.opt_in(change, consent=change.words, source=source)
    if subscription.state not in (State.UNCONFIRMED, State.UNSUBSCRIBED):
        return Joined(subscription)
    return Joined(subscription, OptIn.ask(tx, subscription, change, source))


def _known(tx: Session, workspace_id: int, joiner: Joiner) -> Contact:
    """The contact, made unless there is one: what strangers type changes nobody whom we know."""
    fresh = {
        "workspace_id": workspace_id, "email": joiner.email, "name": joiner.name, "locale": joiner.locale or "en",
        "zone": joiner.zone or "UTC", "attributes": joiner.attributes, "tags": sorted(set(joiner.tags)),
        "created_at": clock.now(),
    }  # fmt: skip
    tx.execute(insert(Contact).values(fresh).on_conflict_do_nothing())
    return tx.scalars(select(Contact).filter_by(workspace_id=workspace_id, email=joiner.email)).one()
