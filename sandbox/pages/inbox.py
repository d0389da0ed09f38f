"""GET /: what was sent, newest first."""

from typing import Any

from sandbox import searches
from sandbox.exchange import Answer, Request
from sandbox.pages.paper import FOLDER, PAGE, page, page_number
from sandbox.server import Server

CSS = b"text/css; charset=utf-8"


def sent(server: Server, request: Request) -> Answer:
    wanted, number = request.query.get("q", "").strip(), page_number(request)
    total = len(server.record)
    first = (number - 1) * PAGE
    if wanted:
        found = searches.mentioning(server.record, wanted)
        total, seqs = len(found), found[first : first + PAGE]
    else:
        seqs = list(range(total - 1 - first, max(-1, total - 1 - first - PAGE), -1))
    rows = [{**server.record.row(seq), "state": state(server, seq)} for seq in seqs]
    return page(server, "sent.html", rows=rows, q=wanted, number=number, total=total, pages=-(-total // PAGE))


def style(server: Server, request: Request) -> Answer:
    return Answer((FOLDER / "style.css").read_bytes(), 200, CSS)


def state(server: Server, seq: int) -> str:
    """The strongest thing that happened: complained, bounced, unsubscribed, clicked, opened, delivered or accepted."""
    events = server.happened.get(seq, [])
    kinds = {event["Type"] for event in events}
    if any(_is_complaint(server, event) for event in events):
        return "complained"
    for kind, word in (("Bounced", "bounced"), ("SubscriptionChanged", "unsubscribed"), ("LinkClicked", "clicked")):
        if kind in kinds:
            return word
    return "opened" if "Opened" in kinds else "delivered" if server.delivered[seq] else "accepted"


def _is_complaint(server: Server, event: dict[str, Any]) -> bool:
    bounce = server.bounces.all.get(int(event["Details"].get("BounceID", 0)))
    return bounce is not None and bounce["Type"] == "SpamComplaint"
