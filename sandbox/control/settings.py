"""/sandbox/settings: what the sandbox was started with, and changing it while it runs."""

from dataclasses import asdict

from sandbox.control.faults import json_object
from sandbox.exchange import Answer, Request, json_answer
from sandbox.faults import WrongKnob
from sandbox.server import Server
from sandbox.settings import CHANGEABLE


def show(server: Server, request: Request) -> Answer:
    return json_answer(asdict(server.settings))


def change(server: Server, request: Request) -> Answer:
    try:
        document = json_object(request)
    except WrongKnob as wrong:
        return json_answer({"error": str(wrong)}, 422)
    wrong_names = [name for name, value in document.items() if not isinstance(value, CHANGEABLE.get(name, ()))]
    if wrong_names:
        return json_answer({"error": f"cannot be set so: {', '.join(wrong_names)}"}, 422)
    for name, value in document.items():
        setattr(server.settings, name, value)
    return show(server, request)


def clear(server: Server, request: Request) -> Answer:
    """DELETE /sandbox: as on the first day, settings apart."""
    server.clear()
    return json_answer({"cleared": True})
