"""Single addresses verified: asked about, and what was found out."""

from typing import Any

from flask import Blueprint, Response, jsonify

from models.api_key import Scope
from models.db import transaction
from models.verifying.verdict import Verdict
from models.verifying.verification import Verification
from web.api import bodies
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import ID, MOMENT, TEXT, many, maybe, record, text, word
from web.fields import one_line
from web.verifications import LONGEST, begun
from web.visitor import ours

page = Blueprint("verifications_api", __name__)

EVIDENCE = record(check=TEXT, result=word(*Verdict), detail=TEXT)
VERIFICATION = record(
    id=ID,
    state=word("asking", "found"),
    address=TEXT,
    verdict=maybe(word(*Verdict)),
    evidence=many(EVIDENCE),
    suggestion=TEXT,
    created_at=MOMENT,
    finished_at=maybe(MOMENT),
)


@page.post("/verifications")
@needs(Scope.LISTS_READ)
@tells(VERIFICATION, status=202, takes={"address": text(LONGEST, least=1)}, needed=("address",))
def create() -> tuple[Response, int]:
    """Asks whether mail would reach an address. Nothing is sent to it; a job asks name servers."""
    return jsonify(_told(begun(one_line(bodies.fields()["address"])))), 202


@page.get("/verifications/<id:verification_id>")
@needs(Scope.LISTS_READ)
@tells(VERIFICATION)
def show(verification_id: int) -> Response:
    """What was found out, with each check's evidence; `verdict` is null as long as it is `asking`."""
    with transaction() as tx:
        found = ours(tx, Verification, verification_id)
    return jsonify(_told(found))


def _told(found: Verification) -> dict[str, Any]:
    finding = {"verdict": None, "evidence": [], "suggestion": ""} | found.finding
    ended = found.finished_at.isoformat() if found.finished_at else None
    about = {word: getattr(found, word) for word in ("id", "state", "address")}
    return about | finding | {"created_at": found.created_at.isoformat(), "finished_at": ended}
