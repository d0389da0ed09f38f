"""A form that makes something makes it once, however often it is sent: by a reload, two clicks, or the way back.

Each form that was handed out has a word of its own in its address. The first to come with it is dealt with; the others
are led to what came of that. Redis remembers it for a day; without Redis each counts as the first.
"""

import secrets
import time

from flask import Flask, Response, flash, g, redirect, request, session
from redis import RedisError
from werkzeug.wrappers import Response as AnyResponse

from jobs import connection
from web.api import errors as api

FIELD = "once"
LASTS = 86_400  # seconds
LONGEST = 64  # characters of a word
PATIENCE = 3.0  # seconds for the first, while a second click waits


def attach(app: Flask) -> None:
    app.add_template_global(once)
    app.before_request(_answer_again)
    app.after_request(_remember)


def once(address: str) -> str:
    """The address for one form's `action`, good for being sent once."""
    return f"{address}{'&' if '?' in address else '?'}{FIELD}={secrets.token_urlsafe(16)}"


def asks_first() -> None:
    """The answer is a question: what was sent is not done, and may be sent again."""
    g.asks_first = True


def _answer_again() -> AnyResponse | None:
    word = request.args.get(FIELD, "")
    if request.method != "POST" or not 0 < len(word) <= LONGEST or api.is_asked():
        return None
    key = f"once:{session.get('sign_in', '')}:{request.path}:{word}"
    try:
        with connection.hurry():
            first = _first(key)
    except RedisError:
        return None
    if first is None:
        g.once = key
        return None
    flash("This was sent already, and counts once. Here is what came of it.")
    return redirect(first or request.path)


def _first(key: str) -> str | None:
    """Where the first was led to; nothing when that is still unknown; None for the first itself."""
    redis = connection.redis_connection()
    if redis.set(key, "", nx=True, ex=LASTS):
        return None
    deadline = time.monotonic() + PATIENCE
    while not (found := redis.get(key)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return (found or b"").decode()  # type: ignore[union-attr]


def _remember(response: Response) -> Response:
    """What was refused may be sent again, as it is or put right."""
    key = g.pop("once", None)
    if key:
        try:
            with connection.hurry():
                _keep(key, response)
        except RedisError:
            pass
    return response


def _keep(key: str, response: Response) -> None:
    redis = connection.redis_connection()
    if response.status_code < 400 and not g.get("asks_first"):
        redis.set(key, response.headers.get("Location") or request.path, xx=True, ex=LASTS)
    else:
        redis.delete(key)
