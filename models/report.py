"""What one event of the provider's says: of its message, of the address, of the subscription."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from models.delivery import State
from models.subscription import State as Ended
from models.subscription_change import Change, How

# Bounce types after which Postmark itself refuses the address, and those that only say "not yet" or "read, but".
# Its documentation is at postmarkapp.com/developer/api/bounce-api.
FATAL = {"HardBounce", "BadEmailAddress", "ManuallyDeactivated"}
PASSING = {"Transient", "AutoResponder", "Subscribe", "AddressChange", "ChallengeVerification", "OpenRelayTest"}

# What ends a subscription, and how it is left.
ENDS = {"Bounce": Ended.BOUNCED, "SpamComplaint": Ended.COMPLAINED}

# A later state never gives way to an earlier one, in whatever order the events come. An event of a message that we
# believed never accepted, and queued again or gave up, proves that it was.
RANK = dict.fromkeys([State.QUEUED, State.SENDING, State.UNKNOWN, State.FAILED, State.CANCELED], 0) | {
    State.SENT: 1,
    State.DELIVERED: 2,
    State.BOUNCED: 3,
    State.COMPLAINED: 4,
}


class Report:
    """One event; `type` is its RecordType."""

    def __init__(self, id: int, type: str, said: dict[str, Any]):
        self.id, self.type, self._said = id, type, said

    @cached_property
    def delivery_id(self) -> int | None:
        """Our own id, from the metadata."""
        metadata = self._said.get("Metadata")
        ours = str(metadata.get("delivery", "")) if isinstance(metadata, dict) else ""
        return int(ours) if ours.isascii() and ours.isdigit() and len(ours) < 19 else None

    @property
    def message_id(self) -> str:
        """The provider's."""
        return self._word("MessageID")

    @cached_property
    def state(self) -> State:
        """Any event at all proves that the message was accepted."""
        if self.type == "Delivery":
            return State.DELIVERED
        if self.type == "SpamComplaint":
            return State.COMPLAINED
        return State.BOUNCED if self.type == "Bounce" and self._word("Type") not in PASSING else State.SENT

    @property
    def is_seen(self) -> bool:
        """Whether somebody, or something, looked at the message."""
        return self.type in ("Open", "Click")

    @property
    def told(self) -> dict[str, object]:
        """What the row has to know of it."""
        told = {"state": self.state, "rank": RANK[self.state], "reason": self._reason}
        return told | ({"provider_id": self.message_id} if self.message_id else {})

    @property
    def ends(self) -> Ended | None:
        """How the subscription ends, if it does."""
        return ENDS.get(self.type) if self.change == "impose" else None

    @property
    def told_change(self) -> Change:
        """What the history of the subscription says of it."""
        return Change(How.POSTMARK, self.email, self._reason)

    @property
    def change(self) -> str | None:
        """Of the suppression list: `impose` or `lift`."""
        fatal = self.type == "Bounce" and (self._said.get("Inactive") or self._word("Type") in FATAL)
        if self.type == "SpamComplaint" or fatal:
            return "impose"
        if self.type != "SubscriptionChange":
            return None
        return "impose" if self._said.get("SuppressSending") else "lift"

    @property
    def is_by_hand(self) -> bool:
        """Somebody pressed a link or a button; bounces and complaints come as reports of their own, too."""
        return self.type == "SubscriptionChange" and self._word("SuppressionReason") in ("", "ManualSuppression")

    @property
    def change_reason(self) -> str:
        if self.type == "SubscriptionChange":
            return self._word("SuppressionReason") or "ManualSuppression"
        return self._word("Type") or self.type

    @property
    def at(self) -> datetime | None:
        """When it happened, where it is about an address and says so."""
        try:
            moment = datetime.fromisoformat(self._word("ChangedAt") or self._word("BouncedAt"))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def email(self) -> str:
        return self._word("Email") or self._word("Recipient")

    @property
    def stream(self) -> str:
        return self._word("MessageStream")

    @property
    def origin(self) -> str:
        return self._word("Origin") or "Recipient"

    @property
    def _reason(self) -> str:
        if self.state == State.BOUNCED:
            return f"{self._word('Type')}: {self._word('Description')}"[:500]
        return "spam complaint" if self.state == State.COMPLAINED else ""

    def _word(self, key: str) -> str:
        """A field that should be a string; empty when it is anything else."""
        found = self._said.get(key)
        return found if isinstance(found, str) else ""
