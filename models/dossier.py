"""Everything that a workspace knows about one person: for its page, and for the file that they may ask for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from models.contact import Contact
from models.inbound_email import InboundEmail
from models.publication import Publication
from models.subscription import Subscription
from models.subscription_change import SubscriptionChange
from models.suppression import Suppression


class Dossier(NamedTuple):
    contact: Contact
    subscriptions: Sequence[tuple[Subscription, Publication, Sequence[SubscriptionChange]]]
    deliveries: Sequence[Row[Any]]  # newest first, with `opens` and `clicks`
    mails: Sequence[InboundEmail]  # theirs to us, newest first
    suppressions: Sequence[Suppression]

    @classmethod
    def of(cls, tx: Session, contact: Contact, most: int = 50) -> "Dossier":
        """With the latest `most` deliveries and mails."""
        about = {"workspace": contact.workspace_id, "contact": contact.id, "email": contact.email, "most": most}
        mails = select(InboundEmail).filter_by(workspace_id=contact.workspace_id, sender=contact.email)
        barred = select(Suppression).filter_by(workspace_id=contact.workspace_id, email=contact.email)
        return cls(
            contact,
            _subscriptions(tx, contact),
            tx.execute(_DELIVERIES, about).all(),
            tx.scalars(mails.order_by(InboundEmail.id.desc()).limit(most)).all(),
            tx.scalars(barred.order_by(Suppression.id)).all(),
        )


def _subscriptions(
    tx: Session, contact: Contact
) -> Sequence[tuple[Subscription, Publication, Sequence[SubscriptionChange]]]:
    found = select(Subscription, Publication).join(Publication, Publication.id == Subscription.publication_id)
    rows = tx.execute(found.where(Subscription.contact_id == contact.id).order_by(Publication.name)).all()
    changes = SubscriptionChange.of(tx, [subscription.id for subscription, _ in rows])
    return [(mine, its, [each for each in changes if each.subscription_id == mine.id]) for mine, its in rows]


# By what each could have been about: deliveries have an index for that, and none by recipient.
_DELIVERIES = text("""
    with about as (
        select 'edition' as kind, id as source_id, subject from editions
        where workspace_id = :workspace and published_at is not null
        union all
        select 'opt_in', o.id, 'asked to confirm' from opt_ins o
        join subscriptions s on s.id = o.subscription_id where s.contact_id = :contact
    )
    select d.id, d.kind, d.source_id, about.subject, d.state, d.reason, d.created_at, d.sent_at,
           e.opens, e.clicks
    from about join deliveries d on d.kind = about.kind and d.source_id = about.source_id and d.recipient = :email
    cross join lateral (
        select count(*) filter (where type = 'Open') as opens, count(*) filter (where type = 'Click') as clicks
        from delivery_events where delivery_id = d.id
    ) e
    order by d.id desc limit :most
""")
