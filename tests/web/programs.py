"""What a program does with the API."""

from typing import Any

from flask import request
from jsonschema import Draft202012Validator, validate
from sqlalchemy import text

from models.api_key import ApiKey, Scope
from models.db import transaction
from models.edition import Edition

STATES = ("queued", "delivered", "failed", "bounced", "suppressed")


def on_its_way(place: Any) -> str:
    """The place's edition, addressed to five, one in each of the states; its path."""
    with transaction() as tx:
        edition = tx.get_one(Edition, place.edition)
        people = {f"{state}@example.com": "" for state in STATES[1:]}
        edition.publication.subscribe(tx, people, consent="on paper")
        assert edition.publish(tx) and edition.address(tx)
        named = text("update deliveries set state = split_part(recipient, '@', 1) where recipient = any(:people)")
        tx.execute(named, {"people": [*people]})
    return f"/api/v1/editions/{place.edition}"


def issued(workspace: int, *scopes: Scope) -> str:
    with transaction() as tx:
        return ApiKey.issue(tx, workspace, "A program", scopes)


def asked(app: Any, path: str, method: str, key: str, **options: Any) -> Any:
    """The answer, which is as the API is described."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = app.test_client().open(path, method=method, headers=headers | options.pop("headers", {}), **options)
    is_as_described(app, answer)
    return answer


def is_as_described(app: Any, answer: Any) -> None:
    """Its status, its kind and each of its fields are those that the route says; nothing more, nothing less."""
    from web.api.described import FILE

    with app.request_context(answer.request.environ):
        about = getattr(app.view_functions.get(request.endpoint or ""), "described", None)
    if about and answer.status_code < 400:
        assert answer.status_code == about.status and about.kind in (answer.mimetype, FILE)
        if about.tells:
            validate(answer.json, about.tells, Draft202012Validator)


def problem(answer: Any) -> tuple[int, str]:
    """Its status and code; every error is a word and a sentence, and nothing else."""
    assert answer.content_type == "application/json"
    assert answer.json.keys() == {"error"} and answer.json["error"].keys() == {"code", "message"}
    assert answer.json["error"]["message"]
    assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
    return answer.status_code, answer.json["error"]["code"]
