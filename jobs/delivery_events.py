"""What the provider reported, applied."""

from jobs.door import job
from models.db import transaction
from models.delivery_event import DeliveryEvent


@job(queue="default", timeout=30)
def apply_event(event_id: int) -> None:
    """Moves the event's delivery on. A repeat does nothing, whatever the order."""
    with transaction() as tx:
        event = DeliveryEvent.open(tx, event_id)
        if event:
            event.apply(tx)
