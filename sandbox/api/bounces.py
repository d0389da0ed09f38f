"""GET /deliverystats, /bounces, one bounce, its dump, and PUT /bounces/{id}/activate."""

from collections import Counter
from typing import Any

from sandbox import events
from sandbox.api.paging import page
from sandbox.bounces import TYPES
from sandbox.errors import Refused
from sandbox.exchange import Answer, Request, json_answer
from sandbox.reactions import tell
from sandbox.server import SERVER_ID, Server

NOT_SHOWN = ("Content", "Metadata")
COMPARED = {"type": "Type", "tag": "Tag", "messageid": "MessageID", "messagestream": "MessageStream"}


def delivery_stats(server: Server, request: Request) -> Answer:
    counts = Counter(bounce["Type"] for bounce in server.bounces.all.values())
    rows: list[dict[str, Any]] = [{"Name": "All", "Count": counts.total()}]
    rows += [{"Type": kind, "Name": TYPES[kind].name, "Count": count} for kind, count in sorted(counts.items())]
    inactive = sum(len(stream.suppressions) for stream in server.streams.values())
    return json_answer({"InactiveMails": inactive, "Bounces": rows})


def bounces(server: Server, request: Request) -> Answer:
    query = {key.lower(): value for key, value in request.query.items() if value}
    count, offset = page(query)
    found = [bounce for bounce in reversed(server.bounces.all.values()) if _meets(bounce, query)]
    return json_answer({"TotalCount": len(found), "Bounces": [_shown(one) for one in found[offset : offset + count]]})


def bounce(server: Server, request: Request, bounce_id: str) -> Answer:
    found = _find(server, bounce_id)
    return json_answer({**_shown(found), "Content": server.bounces.dumps.get(found["ID"], "")})


def dump(server: Server, request: Request, bounce_id: str) -> Answer:
    return json_answer({"Body": server.bounces.dumps.get(_find(server, bounce_id)["ID"], "")})


def activate(server: Server, request: Request, bounce_id: str) -> Answer:
    found = _find(server, bounce_id)
    if not found["CanActivate"]:
        raise Refused(1003, "You cannot reactivate this bounce.")
    found["Inactive"] = False
    stream = server.streams[found["MessageStream"]]
    if stream.suppressions.pop(found["Email"].lower(), None):
        change = events.suppression_change(stream.id, found["Email"], False, SERVER_ID)
        tell(server, "SubscriptionChange", stream.id, change)
    return json_answer({"Message": "OK", "Bounce": _shown(found)})


def _find(server: Server, bounce_id: str) -> dict[str, Any]:
    found = server.bounces.all.get(int(bounce_id)) if bounce_id.isdecimal() else None
    if found is None:
        raise Refused(1001, "The bounce you requested was not found.")
    return found


def _meets(bounce: dict[str, Any], query: dict[str, str]) -> bool:
    if any(bounce[name] != query[key] for key, name in COMPARED.items() if key in query):
        return False
    if "inactive" in query and str(bounce["Inactive"]).lower() != query["inactive"].lower():
        return False
    return query.get("emailfilter", "").lower() in bounce["Email"].lower()


def _shown(bounce: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in bounce.items() if name not in NOT_SHOWN}
