"""A received mail on its way through a job, and the mails of ours that come of it."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from emails.inbound import Received
from emails.judging import Judged
from emails.routing import Target
from models.delivery import Addressee, Delivery


@dataclass
class Mail:
    """One mail on its way through."""

    id: int
    received: Received
    target: Target | None
    judged: Judged
    workspace_id: int | None


@dataclass
class Outbox:
    """Deliveries that came of it, by kind, for whoever nudges them on."""

    tx: Session
    deliveries: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def address(self, kind: str, workspace_id: int, source_id: int, recipient: str) -> None:
        self.deliveries[kind] += Delivery.address(self.tx, kind, [Addressee(workspace_id, source_id, recipient)])
