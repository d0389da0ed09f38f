"""The webhook payloads of what happens to a sent message, key by key as Postmark documents them."""

import time
from typing import Any, NamedTuple

from sandbox.clock import utc

GEO = {
    "CountryISOCode": "US",
    "Country": "United States",
    "RegionISOCode": "TX",
    "Region": "Texas",
    "City": "Houston",
    "Zip": "77058",
    "Coords": "29.5502,-95.0973",
    "IP": "203.0.113.42",
}
AGENT = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
)
Row = dict[str, Any]  # a record.Record.row


class Look(NamedTuple):
    """What looked at a message, and when (epoch seconds): a browser, now."""

    agent: str = AGENT
    at: float | None = None


BROWSER = Look()


def delivery(row: Row, recipient: str, server_id: int) -> dict[str, Any]:
    now = time.time()
    return {
        "RecordType": "Delivery",
        "MessageStream": row["MessageStream"],
        "ServerID": server_id,
        "MessageID": row["id"],
        "Recipient": recipient,
        "Tag": row["Tag"],
        "DeliveredAt": utc(now),
        "Details": f"250 2.0.0 OK  {int(now)} x12-20020a05 - gsmtp",
        "Metadata": row["Metadata"],
    }


def open_(row: Row, recipient: str, first: bool, look: Look = BROWSER) -> dict[str, Any]:
    return {"RecordType": "Open", "FirstOpen": first, **_seen(row, recipient, look), "ReadSeconds": 5}


def click(row: Row, recipient: str, link: str, location: str, look: Look = BROWSER) -> dict[str, Any]:
    return {"RecordType": "Click", "ClickLocation": location, **_seen(row, recipient, look), "OriginalLink": link}


def subscription_change(row: Row, recipient: str, reason: str, server_id: int) -> dict[str, Any]:
    """A recipient of this message got suppressed on its stream."""
    return {
        "RecordType": "SubscriptionChange",
        "MessageID": row["id"],
        "ServerID": server_id,
        "MessageStream": row["MessageStream"],
        "ChangedAt": utc(time.time()),
        "Recipient": recipient,
        "Origin": "Recipient",
        "SuppressSending": True,
        "SuppressionReason": reason,
        "Tag": row["Tag"],
        "Metadata": row["Metadata"],
    }


def suppression_change(stream: str, recipient: str, suppressed: bool, server_id: int) -> dict[str, Any]:
    """A customer suppressed an address, or took a suppression back: no message, no tag, no metadata."""
    return {
        "RecordType": "SubscriptionChange",
        "MessageID": None,
        "ServerID": server_id,
        "MessageStream": stream,
        "ChangedAt": utc(time.time()),
        "Recipient": recipient,
        "Origin": "Customer",
        "SuppressSending": suppressed,
        "SuppressionReason": "ManualSuppression" if suppressed else None,
        "Tag": None,
        "Metadata": {},
    }


def _seen(row: Row, recipient: str, look: Look) -> dict[str, Any]:
    known = look.agent == AGENT
    return {
        "MessageStream": row["MessageStream"],
        "Client": {"Name": "Chrome 140.0", "Company": "Google", "Family": "Chrome"} if known else {},
        "OS": {"Name": "macOS 26 Tahoe", "Company": "Apple Computer, Inc.", "Family": "macOS"} if known else {},
        "Platform": "WebMail" if known else "Unknown",
        "UserAgent": look.agent,
        "Geo": GEO,
        "MessageID": row["id"],
        "Metadata": row["Metadata"],
        "ReceivedAt": utc(time.time() if look.at is None else look.at),
        "Tag": row["Tag"],
        "Recipient": recipient,
    }
