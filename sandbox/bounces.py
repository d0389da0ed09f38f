"""Bounces: Postmark's types and what each means, and those that happened."""

import time
from typing import Any, NamedTuple

from sandbox.clock import utc

FIRST_ID = 692560173
KEPT = 100_000
KEPT_DUMPS = 500


class BounceType(NamedTuple):
    code: int
    name: str
    description: str
    details: str = "smtp;550 5.0.0 Rejected."
    inactive: bool = False


TYPES = {
    "HardBounce": BounceType(
        1,
        "Hard bounce",
        "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        True,
    ),
    "Transient": BounceType(
        2,
        "Message delayed/Undeliverable",
        "The server could not temporarily deliver your message (ex: Message is delayed due to network troubles).",
        "smtp;421 4.4.2 Connection dropped.",
    ),
    "Unsubscribe": BounceType(16, "Unsubscribe request", "Unsubscribe or Remove request."),
    "Subscribe": BounceType(
        32, "Subscribe request", "Subscribe request from someone wanting to get added to the list."
    ),
    "AutoResponder": BounceType(
        64, "Auto responder", 'Automatic email responder (ex: "Out of Office" or "On Vacation").', "Out of office."
    ),
    "AddressChange": BounceType(128, "Address change", "The recipient has requested an address change."),
    "DnsError": BounceType(256, "DNS error", "A temporary DNS error.", "smtp;450 4.4.0 DNS lookup failed."),
    "SpamNotification": BounceType(
        512,
        "Spam notification",
        "The message was delivered, but was either blocked by the user, or classified as spam.",
    ),
    "OpenRelayTest": BounceType(1024, "Open relay test", "The NDR is actually a test email message."),
    "Unknown": BounceType(2048, "Unknown", "Unable to classify the NDR."),
    "SoftBounce": BounceType(
        4096,
        "Soft bounce",
        "Unable to temporarily deliver message (i.e. mailbox full, account disabled, exceeds quota, "
        "out of disk space).",
        "smtp;452 4.2.2 The recipient's mailbox is full.",
    ),
    "VirusNotification": BounceType(8192, "Virus notification", "The bounce is actually a virus notification."),
    "ChallengeVerification": BounceType(
        16384, "Spam challenge verification", "The bounce is a challenge asking for verification you actually sent it."
    ),
    "BadEmailAddress": BounceType(
        100000, "Invalid email address", "The address is not a valid email address.", "", True
    ),
    "SpamComplaint": BounceType(
        100001,
        "Spam complaint",
        "The subscriber explicitly marked this message as spam.",
        "Test spam complaint details",
        True,
    ),
    "ManuallyDeactivated": BounceType(100002, "Manually deactivated", "The email was manually deactivated.", "", True),
    "Unconfirmed": BounceType(100003, "Registration not confirmed", "The subscriber has not clicked the link."),
    "Blocked": BounceType(
        100006,
        "ISP block",
        "Blocked from this ISP due to content or blacklisting.",
        "smtp;554 5.7.1 Service unavailable; client host blocked.",
    ),
    "SMTPApiError": BounceType(100007, "SMTP API error", "An error occurred while accepting an email through SMTP."),
    "InboundError": BounceType(100008, "Processing failed", "Unable to deliver inbound message to the destination."),
    "DMARCPolicy": BounceType(
        100009, "DMARC Policy", "Email rejected due DMARC Policy.", "smtp;550 5.7.26 Rejected by DMARC policy."
    ),
    "TemplateRenderingFailed": BounceType(
        100010, "Template rendering failed", "An error occurred while rendering your template."
    ),
}
_BY_PLAIN_NAME = {name.lower(): name for name in TYPES}


def type_named(text: str) -> str | None:
    """`hardbounce`, `soft_bounce`, `DMARCPolicy` … -> the type's proper name, or None."""
    return _BY_PLAIN_NAME.get(text.replace("_", "").replace("-", "").lower())


class Bounces:
    """What bounced, newest last, each in the shape its webhook has."""

    def __init__(self) -> None:
        self.all: dict[int, dict[str, Any]] = {}
        self.dumps: dict[int, str] = {}  # of the latest, the raw message
        self.next_id = FIRST_ID

    def add(self, row: dict[str, Any], recipient: str, kind: str, body: str, server_id: int) -> dict[str, Any]:
        """Records a bounce of the given message row and returns it in Postmark's shape."""
        bounce_id = self.next_id
        self.next_id += 1
        self.all[bounce_id] = bounce = {
            "ID": bounce_id,
            "ServerID": server_id,
            "Email": recipient,
            "BouncedAt": utc(time.time()),
            "DumpAvailable": bool(body),
            **_of_type(kind),
            **_of_message(row),
        }
        self._keep_dump(bounce_id, body)
        return bounce

    def _keep_dump(self, bounce_id: int, body: str) -> None:
        if body:
            self.dumps[bounce_id] = body
        for kept, limit in ((self.all, KEPT), (self.dumps, KEPT_DUMPS)):
            if len(kept) > limit:
                del kept[next(iter(kept))]


def _of_type(kind: str) -> dict[str, Any]:
    sort, is_complaint = TYPES[kind], kind == "SpamComplaint"
    return {
        "RecordType": "SpamComplaint" if is_complaint else "Bounce",
        "Type": kind,
        "TypeCode": sort.code,
        "Name": sort.name,
        "Description": sort.description,
        "Details": sort.details,
        "Inactive": sort.inactive,
        "CanActivate": sort.inactive and not is_complaint,
    }


def _of_message(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "MessageID": row["id"],
        **{key: row[key] for key in ("MessageStream", "Tag", "Metadata", "From", "Subject")},
    }
