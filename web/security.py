"""Whoever an account belongs to is mailed when the way into it changes."""

from sqlalchemy.orm import Session

from models.audit_event import AuditEvent
from models.delivery import Addressee, Delivery
from web.visitor import visitor


def warned(tx: Session, event: AuditEvent) -> list[int]:
    """The ids of the deliveries, to be nudged after the transaction."""
    return Delivery.address(tx, "security", [Addressee(event.workspace_id, event.id, visitor.user.email)])
