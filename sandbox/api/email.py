"""POST /email, /email/batch and their withTemplate siblings."""

import os
import time
from typing import Any

import orjson

from sandbox.checks import check
from sandbox.clock import utc
from sandbox.errors import INACTIVE_REASONS, TOO_MANY_IN_BATCH, Refused, invalid_fields
from sandbox.exchange import Answer, Request, json_answer
from sandbox.record import uuid_text
from sandbox.server import Server

TEST_TOKEN = "POSTMARK_API_TEST"
BATCH_LIMIT = 500
NOT_REACHED = "Inactive recipients are ones that have generated a hard bounce or a spam complaint."


def send(server: Server, request: Request) -> Answer:
    message = body_of(request)
    if not isinstance(message, dict):
        raise Refused(402, "Received invalid JSON input.")
    return json_answer(_accept(server, message, request.token))


def send_batch(server: Server, request: Request) -> Answer:
    """One result per message, in request order; a fault may stop half-way."""
    messages = body_of(request)
    if not isinstance(messages, list):
        raise Refused(402, "Received invalid JSON input.")
    if len(messages) > BATCH_LIMIT:
        raise Refused(410, TOO_MANY_IN_BATCH)
    half = len(messages) > 1 and server.faults.strikes("half_accepted")
    results = [_result(server, message, request.token) for message in messages[: len(messages) // 2 if half else None]]
    if half:
        raise Refused(101, "An unexpected error has occurred.", 500)
    return json_answer(results)


def send_with_template(server: Server, request: Request) -> Answer:
    message = body_of(request)
    raise _template_refusal(message if isinstance(message, dict) else {})


def send_batch_with_templates(server: Server, request: Request) -> Answer:
    body = body_of(request)
    messages = body.get("Messages") if isinstance(body, dict) else None
    if not isinstance(messages, list):
        raise invalid_fields(["Messages"])
    if len(messages) > BATCH_LIMIT:
        raise Refused(410, TOO_MANY_IN_BATCH)
    return json_answer([_template_refusal(message).as_result() for message in messages])


def body_of(request: Request) -> Any:
    """The parsed JSON body. Raises Refused (402)."""
    try:
        return orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise Refused(402, "Received invalid JSON input.") from None


def _result(server: Server, message: Any, token: str) -> dict[str, Any]:
    try:
        return _accept(server, message, token, in_batch=True)
    except Refused as refusal:
        return refusal.as_result()


def _accept(server: Server, message: Any, token: str, in_batch: bool = False) -> dict[str, Any]:
    testing = token == TEST_TOKEN
    sender, stream, silent = check(server, message, in_batch, testing)
    if testing:
        return _success(message, uuid_text(os.urandom(16)), "Test job accepted")
    if fault := server.faults.strikes("item_error"):
        raise _item_error(int(fault.options["code"]), str(fault.options["message"]), message)
    message_id = server.accept(message, sender.email, stream.id, silent)
    return _success(message, message_id, _partly(silent) if silent else "OK")


def _success(message: dict[str, Any], message_id: str, text: str) -> dict[str, Any]:
    answer = {"To": message.get("To"), "SubmittedAt": utc(time.time()), "MessageID": message_id}
    if not answer["To"]:
        del answer["To"]
    return {**answer, "ErrorCode": 0, "Message": text}


def _partly(silent: list[str]) -> str:
    return f"Message OK, but will not deliver to these inactive addresses: {', '.join(silent)}. {NOT_REACHED}"


def _item_error(code: int, text: str, message: dict[str, Any]) -> Refused:
    if code == 406 and not text:
        text = (
            "You tried to send to a recipient that has been marked as inactive. Found inactive addresses: "
            f"{(message.get('To') or '').lower()}. {INACTIVE_REASONS} "
        )
    return Refused(code, text or "An error was asked for by the sandbox's item_error fault.")


def _template_refusal(message: dict[str, Any]) -> Refused:
    """The sandbox stores no templates, so every one asked for is unknown."""
    if not message.get("TemplateId") and not message.get("TemplateAlias"):
        return invalid_fields(["TemplateId", "TemplateAlias"])
    if not isinstance(message.get("TemplateModel"), dict):
        return invalid_fields(["TemplateModel"])
    return Refused(
        1101, "The 'TemplateId' or 'TemplateAlias' associated with this request is not valid or was not found."
    )
