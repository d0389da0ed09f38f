"""/message-streams/{id}/suppressions: dump, create, delete."""

from typing import Any

from sandbox import events
from sandbox.addresses import addresses
from sandbox.api.email import body_of
from sandbox.api.streams import find
from sandbox.errors import Refused
from sandbox.exchange import Answer, Request, json_answer
from sandbox.reactions import tell
from sandbox.server import SERVER_ID, Server
from sandbox.streams import Stream, Suppression

LIMIT = 50
FILTERS = {"SuppressionReason": "SuppressionReason", "Origin": "Origin", "EmailAddress": "EmailAddress"}


def dump(server: Server, request: Request, stream_id: str) -> Answer:
    query = {key.lower(): value.lower() for key, value in request.query.items() if value}
    rows = [found.as_json(email) for email, found in find(server, stream_id).suppressions.items()]
    for name in FILTERS:
        if wanted := query.get(name.lower()):
            rows = [row for row in rows if row[name].lower() == wanted]
    rows = [row for row in rows if row["CreatedAt"] >= query.get("fromdate", "")]
    return json_answer({"Suppressions": [row for row in rows if row["CreatedAt"][:10] <= query.get("todate", "9")]})


def create(server: Server, request: Request, stream_id: str) -> Answer:
    stream = find(server, stream_id)
    return json_answer({"Suppressions": [_create(server, stream, email) for email in _emails(request)]})


def delete(server: Server, request: Request, stream_id: str) -> Answer:
    stream = find(server, stream_id)
    return json_answer({"Suppressions": [_delete(server, stream, email) for email in _emails(request)]})


def _emails(request: Request) -> list[str]:
    body = body_of(request)
    rows = body.get("Suppressions") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refused(1409, "The request body must hold a list of 'Suppressions'.")
    if len(rows) > LIMIT:
        raise Refused(1410, "You may only change up to 50 suppressions in a single request.")
    return [str(row.get("EmailAddress") or "") for row in rows]


def _create(server: Server, stream: Stream, email: str) -> dict[str, Any]:
    if not _is_address(email):
        return _row(email, "Failed", "An invalid email address was provided.")
    if stream.suppress(email, "ManualSuppression", "Customer"):
        _tell(server, stream, email, True)
    return _row(email.lower(), "Suppressed")


def _delete(server: Server, stream: Stream, email: str) -> dict[str, Any]:
    if not _is_address(email):
        return _row(email, "Failed", "An invalid email address was provided.")
    found = stream.suppressions.get(email.lower())
    if found and not _may_be_deleted(found):
        return _row(email.lower(), "Failed", "You do not have the required authority to change this suppression.")
    if stream.suppressions.pop(email.lower(), None):
        _tell(server, stream, email, False)
    return _row(email.lower(), "Deleted")


def _may_be_deleted(found: Suppression) -> bool:
    return (found.reason, found.origin) in {("ManualSuppression", "Customer"), ("HardBounce", "Recipient")}


def _is_address(email: str) -> bool:
    try:
        return len(addresses("EmailAddress", email)) == 1
    except Refused:
        return False


def _tell(server: Server, stream: Stream, email: str, suppressed: bool) -> None:
    change = events.suppression_change(stream.id, email, suppressed, SERVER_ID)
    tell(server, "SubscriptionChange", stream.id, change)


def _row(email: str, status: str, message: str | None = None) -> dict[str, Any]:
    return {"EmailAddress": email, "Status": status, "Message": message}
