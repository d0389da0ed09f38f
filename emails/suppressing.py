"""Postmark's own list of addresses that it does not send to: told what we add and lift.

It answers each address by itself: complaints cannot be lifted, nor what the recipient asked for with Postmark's own
link. postmarkapp.com/developer/api/suppressions-api has the rules.
"""

from collections.abc import Mapping, Sequence

import orjson

from emails.answers import Unavailable
from emails.postmark import FAILURES, client


def suppress(stream: str, emails: Sequence[str]) -> dict[str, str]:
    """`{address: why not}`, blank where it is suppressed now; at most 50. Raises `Unavailable`."""
    return _tell(f"/message-streams/{stream}/suppressions", emails)


def reactivate(stream: str, emails: Sequence[str]) -> dict[str, str]:
    """`{address: why not}`, blank where mail goes there again; at most 50. Raises `Unavailable`."""
    return _tell(f"/message-streams/{stream}/suppressions/delete", emails)


def _tell(path: str, emails: Sequence[str]) -> dict[str, str]:
    body = {"Suppressions": [{"EmailAddress": email} for email in emails]}
    try:
        rows = client().call("POST", path, data=orjson.dumps(body))["Suppressions"]
    except FAILURES as failure:
        raise Unavailable(f"could not tell of suppressions: {failure}") from failure
    return {row["EmailAddress"].lower(): _why_not(row) for row in rows}


def _why_not(row: Mapping[str, str | None]) -> str:
    return (row["Message"] or "refused") if row["Status"] == "Failed" else ""
