"""/sandbox/faults: see, set, change and clear the fault knobs."""

from typing import Any

import orjson

from sandbox.exchange import Answer, Request, json_answer
from sandbox.faults import WrongKnob
from sandbox.server import Server


def show(server: Server, request: Request) -> Answer:
    return json_answer(server.faults.as_json())


def replace(server: Server, request: Request) -> Answer:
    return _change(server, request, clear=True)


def change(server: Server, request: Request) -> Answer:
    return _change(server, request, clear=False)


def clear(server: Server, request: Request) -> Answer:
    server.faults.clear()
    return json_answer(server.faults.as_json())


def _change(server: Server, request: Request, clear: bool) -> Answer:
    try:
        document = json_object(request)
        server.faults.check(document)
    except WrongKnob as wrong:
        return json_answer({"error": str(wrong)}, 422)
    if clear:
        server.faults.clear()
    server.faults.change(document)
    return json_answer(server.faults.as_json())


def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises WrongKnob."""
    try:
        body = orjson.loads(request.body or b"{}")
    except orjson.JSONDecodeError:
        raise WrongKnob("the body is not JSON") from None
    if not isinstance(body, dict):
        raise WrongKnob("the body is not a JSON object")
    return body
