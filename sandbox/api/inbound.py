"""GET /messages/inbound, its details, retry and bypass."""

from typing import Any

from sandbox import inbox
from sandbox.api.paging import page
from sandbox.clock import eastern
from sandbox.errors import Refused
from sandbox.exchange import Answer, Request, json_answer
from sandbox.server import Server

NOT_LISTED = ("TextBody", "HtmlBody", "Headers", "RawEmail", "StrippedTextReply")


def inbound(server: Server, request: Request) -> Answer:
    query = request.query
    count, offset = page(query)
    found = [one for one in reversed(server.inbound) if _meets(one["message"], query)]
    shown = [_summary(one) for one in found[offset : offset + count]]
    return json_answer({"TotalCount": len(found), "InboundMessages": shown})


def details(server: Server, request: Request, message_id: str) -> Answer:
    kept = _find(server, message_id)
    whole = {name: kept["message"][name] for name in ("TextBody", "HtmlBody", "Headers")}
    return json_answer({**_summary(kept), **whole, "BlockedReason": None})


def retry(server: Server, request: Request, message_id: str) -> Answer:
    inbox.tell(server, _find(server, message_id)["message"])
    return json_answer({"ErrorCode": 0, "Message": f"Successfully rescheduled failed message: {message_id}."})


def bypass(server: Server, request: Request, message_id: str) -> Answer:
    inbox.tell(server, _find(server, message_id)["message"])
    return json_answer({"ErrorCode": 0, "Message": f"Successfully bypassed rules for message: {message_id}."})


def _find(server: Server, message_id: str) -> dict[str, Any]:
    kept = inbox.find(server, message_id)
    if kept is None:
        raise Refused(701, "This message was not found. Please try again.")
    return kept


def _meets(message: dict[str, Any], query: dict[str, str]) -> bool:
    recipients = [one["Email"] for one in message["ToFull"] + message["CcFull"] + message["BccFull"]]
    wanted = query.get("recipient", "").lower()
    return (
        (not wanted or any(wanted in email.lower() for email in recipients))
        and query.get("fromemail", "").lower() in message["From"].lower()
        and query.get("subject", "").lower() in message["Subject"].lower()
        and query.get("mailboxhash", message["MailboxHash"]) == message["MailboxHash"]
    )


def _summary(kept: dict[str, Any]) -> dict[str, Any]:
    message = {name: value for name, value in kept["message"].items() if name not in NOT_LISTED}
    attachments = [{name: value for name, value in one.items() if name != "Content"} for one in message["Attachments"]]
    return {**message, "Attachments": attachments, "Status": kept["status"], "ReceivedAt": eastern(kept["at"])}
