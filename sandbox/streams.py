"""Message streams and their suppressions."""

import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import eastern

TYPES = ("Transactional", "Broadcasts", "Inbound")
UNSUBSCRIBE_HANDLING = ("None", "Postmark", "Custom")


@dataclass(slots=True)
class Suppression:
    reason: str  # HardBounce, SpamComplaint or ManualSuppression
    origin: str  # Recipient, Customer or Admin
    at: float

    def as_json(self, email: str) -> dict[str, str]:
        return {
            "EmailAddress": email,
            "SuppressionReason": self.reason,
            "Origin": self.origin,
            "CreatedAt": eastern(self.at),
        }


@dataclass(slots=True)
class Stream:
    id: str
    name: str
    type: str
    description: str | None = None
    unsubscribe: str = "None"
    created: float = field(default_factory=time.time)
    updated: float | None = None
    archived: float | None = None
    suppressions: dict[str, Suppression] = field(default_factory=dict)  # keyed by lower-case address

    @property
    def can_send(self) -> bool:
        return self.type != "Inbound" and self.archived is None

    @property
    def manages_unsubscribes(self) -> bool:
        return self.type == "Broadcasts" and self.unsubscribe == "Postmark"

    def suppress(self, email: str, reason: str, origin: str) -> bool:
        """True if the address was not suppressed before."""
        if email.lower() in self.suppressions:
            return False
        self.suppressions[email.lower()] = Suppression(reason, origin, time.time())
        return True

    def as_json(self, server_id: int) -> dict[str, Any]:
        return {
            "ID": self.id,
            "ServerID": server_id,
            "Name": self.name,
            "Description": self.description,
            "MessageStreamType": self.type,
            "CreatedAt": eastern(self.created),
            "UpdatedAt": eastern(self.updated) if self.updated else None,
            "ArchivedAt": eastern(self.archived) if self.archived else None,
            "ExpectedPurgeDate": eastern(self.archived + 45 * 86400) if self.archived else None,
            "SubscriptionManagementConfiguration": {"UnsubscribeHandlingType": self.unsubscribe},
        }


def default_streams() -> dict[str, Stream]:
    """The three every new server has."""
    streams = [
        Stream("outbound", "Default Transactional Stream", "Transactional"),
        Stream("inbound", "Default Inbound Stream", "Inbound"),
        Stream("broadcast", "Default Broadcast Stream", "Broadcasts", unsubscribe="Postmark"),
    ]
    return {stream.id: stream for stream in streams}
