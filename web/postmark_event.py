"""One event of Postmark's, and what makes it the same event when it comes again."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from emails.inbound import Malformed
from models.storable import clean_all
from models.traces.sight import without_whereabouts

# By what each type of event is known. A repeat may come with another trace id, so the header is of no use here.
IDENTITY = {
    "Bounce": ("ID",),
    "SpamComplaint": ("ID",),
    "Delivery": ("MessageID", "Recipient", "DeliveredAt"),
    "Open": ("MessageID", "Recipient", "ReceivedAt"),
    "Click": ("MessageID", "Recipient", "ReceivedAt", "OriginalLink"),
    "SubscriptionChange": ("Recipient", "MessageStream", "ChangedAt"),
}


@dataclass(frozen=True)
class PostmarkEvent:
    """`text` is the body without characters that PostgreSQL does not hold, escaped ones included."""

    type: str
    key: str
    text: str

    @classmethod
    def read(cls, raw: bytes) -> "PostmarkEvent":
        """Raises `Malformed` unless it is a JSON object with a RecordType."""
        try:
            told = clean_all(json.loads(raw))
        except (ValueError, RecursionError) as problem:
            raise Malformed(f"not JSON: {problem}") from None
        if not isinstance(told, dict) or not isinstance(told.get("RecordType"), str):
            raise Malformed("an event is a JSON object with a RecordType")
        kept = json.dumps(without_whereabouts(told), ensure_ascii=False)
        return cls(told["RecordType"][:100], _key(told, raw), kept)


def _key(told: dict[str, Any], raw: bytes) -> str:
    """Hashed, since links can be long. An event that lacks a part of its identity is known by its whole body."""
    parts = [told.get(name) for name in IDENTITY.get(told["RecordType"], ())]
    whole = json.dumps([told["RecordType"], *parts]).encode() if parts and all(parts) else raw
    return sha256(whole).hexdigest()
