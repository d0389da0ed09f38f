"""What a program sends: a JSON object, or nothing."""

import json
from typing import Any

from flask import request
from werkzeug.exceptions import UnprocessableEntity, UnsupportedMediaType

from web import bodies

LARGEST = 1_000_000  # bytes


def fields(*known: str) -> dict[str, Any]:
    """The object, with no fields but these; `{}` when no body came. Raises 413, 415 or 422."""
    with bodies.within(LARGEST) as raw:
        body = bytes(raw)
    given = _object(body) if body else {}
    for name in given:
        if name not in known:
            raise UnprocessableEntity(f"There is no field {name[:80]!r} here.")
    return given


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
