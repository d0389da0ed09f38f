"""What puts right whatever was lost, late, killed or emptied on the way. The database knows; the queue is rebuilt."""

from datetime import timedelta

from sqlalchemy import select, update

from config import settings
from emails import postmark
from jobs.deliveries import feed, hungry, reopen
from jobs.delivery_events import apply_event
from jobs.door import job
from jobs.inbound_emails import understand
from models import clock, settling
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail, State
from models.stream import Stream

OVERDUE = timedelta(seconds=settings.stale_after / 2)  # after which a nudge counts as lost
GIVE_UP = timedelta(hours=1)  # after which a mail that cannot be understood is shown to a person
PAGE = 1_000  # mails
EVENTS = 10_000  # a newsletter's come by the hundred thousand, and none is ever given up


@job(queue="default", timeout=300)
def sweep_deliveries() -> None:
    """Nudges what waits, doubts what hangs, asks about what is doubtful."""
    with transaction() as tx:
        settling.doubt_the_stale(tx)
        restricted = Stream.restricted(tx)
        batches = settling.unknown_batches(tx)
    try:
        for batch in batches:
            _ask_about(batch)
    finally:  # what waits goes on, even when the provider does not answer questions
        for queue in hungry():
            feed.later(queue, queue=queue)
        reopen.later_each(restricted)


@job(queue="default", timeout=60)
def sweep_received() -> None:
    """Nudges mails and events that nobody has looked at; after an hour, what cannot be understood is a person's."""
    now = clock.now()
    mails = select(InboundEmail.id).where(InboundEmail.state == State.RECEIVED)
    events = select(DeliveryEvent.id).where(DeliveryEvent.applied_at.is_(None)).order_by(DeliveryEvent.id)
    with transaction() as tx:
        hopeless = update(InboundEmail).where(
            InboundEmail.state == State.RECEIVED, InboundEmail.waits_since < now - GIVE_UP
        )
        tx.execute(hopeless.values(state=State.FAILED, reason="could not be understood", settled_at=now))
        overdue = list(tx.scalars(mails.where(InboundEmail.waits_since < now - OVERDUE).limit(PAGE)))
        unapplied = list(tx.scalars(events.where(DeliveryEvent.received_at < now - OVERDUE).limit(EVENTS)))
    understand.later_each(overdue)
    apply_event.later_each(unapplied)


def _ask_about(batch: settling.Batch) -> None:
    asked_at = clock.now()
    found = postmark.search(batch.stream, batch.id)
    with transaction() as tx:
        settling.settle(tx, batch, found, asked_at)
