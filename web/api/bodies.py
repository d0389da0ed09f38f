"""What a program sends: a JSON object, or nothing."""

import json
from typing import Any

from flask import request
from werkzeug.exceptions import UnprocessableEntity, UnsupportedMediaType

from models import local_time
from web import bodies
from web.api import described
from web.api.shapes import problem

LARGEST = 1_000_000  # bytes


def fields() -> dict[str, Any]:
    """The object, with no fields but those that the route says it takes; `{}` when no body came.

    Raises 413, 415 or 422.
    """
    with bodies.within(LARGEST) as raw:
        body = bytes(raw)
    given = _object(body) if body else {}
    about = described.here()
    for name, value in given.items():
        if name not in about.takes:
            raise UnprocessableEntity(f"There is no field {name[:80]!r} here.")
        if wrong := problem(value, about.takes[name]):
            raise UnprocessableEntity(f"{name} {wrong}.")
    for name in about.needed:
        if name not in given:
            raise UnprocessableEntity(f"Please give {name}.")
    return given


def check_zone(zone: str) -> None:
    """Raises 422."""
    try:
        local_time.zone(zone)
    except local_time.UnknownZone as unknown:
        raise UnprocessableEntity(str(unknown)) from None


def _object(body: bytes) -> dict[str, Any]:
    if not request.is_json:
        raise UnsupportedMediaType("Please send application/json.")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise UnprocessableEntity("The body is not JSON.") from None
    if not isinstance(given, dict):
        raise UnprocessableEntity("The body is not a JSON object.")
    return given
