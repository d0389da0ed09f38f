"""A call that is made again, because its answer was lost, is done once: the header field `Idempotency-Key`.

As draft-ietf-httpapi-idempotency-key-header has it: the same key with the same call gets the same answer for 24 hours;
with another call, or while the first is being done, 409. What is refused counts for nothing.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Response, make_response, request
from werkzeug.exceptions import BadRequest, Conflict

from models.api_answer import ApiAnswer
from models.db import transaction
from web.api import bodies
from web.visitor import here

HEADER = "Idempotency-Key"
LONGEST = 200  # characters


def done_once(do: Callable[[], Any]) -> Any:
    """What `do` answers, now or when this was called before."""
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return do()
    if not key.isprintable() or not 0 < len(key) <= LONGEST:
        raise BadRequest(f"{HEADER} is a text of 1 to {LONGEST} characters.")
    asked = _asked()
    with transaction() as tx:
        before = ApiAnswer.begin(tx, here(), key, asked)
    return _again(before, asked) if before else _first(do, key)


def _first(do: Callable[[], Any], key: str) -> Response:
    """What raises has rolled back, so nothing of it was done."""
    try:
        response = make_response(do())
    except Exception:  # an `abort` among them
        with transaction() as tx:
            ApiAnswer.forget(tx, here(), key)
        raise
    with transaction() as tx:
        ApiAnswer.keep(tx, here(), key, response.status_code, response.get_data(as_text=True))
    return response


def _again(before: ApiAnswer, asked: str) -> Response:
    if before.asked != asked:
        raise Conflict(f"This {HEADER} was used for another call. Please take a new one for each.")
    if before.status is None:
        raise Conflict("The first call with this key is still being done, or was cut off: please look what came of it.")
    answer = Response(before.body, before.status, content_type="application/json")
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _asked() -> str:
    """The whole call; of a file, its length."""
    if request.mimetype in ("application/json", ""):
        request.max_content_length = bodies.LARGEST
        body = request.get_data()
    else:
        body = str(request.content_length).encode()
    return sha256(b"\0".join([request.method.encode(), request.full_path.encode(), body])).hexdigest()
