"""What moves on a page, told as it changes: server-sent events (WHATWG HTML, chapter 9.2), for whoever is looking.

A view marked `@live` answers `Accept: text/event-stream` at its own address. It is asked again and again, and what is
marked `data-fresh` in its page is sent when it has become another: `parts`, a JSON object of HTML by id, null for what
stayed. One that is not named is marked no more, and then the page fetches itself once. Between two looks nothing is
held but a thread, so there are few places. Who finds none free is answered 204, and asks for the page now and then.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Response, request, stream_with_context
from lxml import html
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

KIND = "text/event-stream"
MOST = 4  # streams of a process, whose threads are sixteen
LASTS = 18.0  # seconds; then the browser asks again. A deploy lets requests have twenty
EVERY = 0.7  # seconds between two looks, and longer when they take long: nine tenths of the time are for others
SLOWEST = 5.0  # seconds between two looks at most
BEAT = 3.0  # seconds of silence at most, since only who writes learns that nobody listens
RETRY = 1_000  # milliseconds after which a browser asks again

_places = threading.BoundedSemaphore(MOST)
# Words that are new at each look and say nothing: what guards a form, and what makes it count once.
_FORGOTTEN = re.compile(r'(?<=name="csrf_token" value=")[^"]*|(?<=[?;&]once=)[\w-]+')

Parts = dict[str, str]


def live(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a view of a page with elements marked `data-fresh`; under whatever says who may see it."""

    @wraps(view)
    def shown(*args: Any, **named: Any) -> Any:
        if request.headers.get("Accept") != KIND:
            return view(*args, **named)
        return _streamed(lambda: marked(view(*args, **named)))

    return shown


def marked(page: Any) -> Parts:
    """What is marked in a page, by its id; nothing in an answer that is no page."""
    if not isinstance(page, str):
        return {}
    found = html.fromstring(page).xpath("//*[@data-fresh]")
    return {each.get("id"): html.tostring(each, encoding="unicode", with_tail=False) for each in found}


def _streamed(look: Callable[[], Parts]) -> Response:
    if not _places.acquire(blocking=False):
        return Response(status=204)
    try:
        events = stream_with_context(_events(look, look(), request.headers.get("Last-Event-ID", "")))
        answer = Response(events, content_type=f"{KIND}; charset=utf-8", headers={"X-Accel-Buffering": "no"})
    except BaseException:  # there are few places: none may be lost, whatever ends it
        _places.release()
        raise
    answer.call_on_close(_places.release)  # even when nobody listened from the beginning
    return answer


def _events(look: Callable[[], Parts], parts: Parts, known: str) -> Iterator[str]:
    """What there is, unless the browser has it, and then what changes. Trouble ends it: the browser asks again."""
    yield f"retry: {RETRY}\n\n"
    told = parts if known == _digest(parts) else {}
    ends = time.monotonic() + LASTS
    try:
        while True:
            if parts is not told:
                yield _event(_changed(parts, told), _digest(parts))
            told = parts
            parts = yield from _next(look, told, ends)
    except (HTTPException, RedisError, SQLAlchemyError, _Ended):
        return


def _next(look: Callable[[], Parts], told: Parts, ends: float) -> Generator[str, None, Parts]:
    """The next look that finds something else. Raises `_Ended` when the stream has lasted long enough."""
    heard, took = time.monotonic(), 0.0
    while (now := time.monotonic()) < ends:
        if now - heard > BEAT:
            heard = now
            yield ":\n\n"
        time.sleep(min(max(EVERY, 9 * took), SLOWEST))
        began = time.monotonic()
        parts = look()
        took = time.monotonic() - began
        if _digest(parts) != _digest(told):
            return parts
    raise _Ended


class _Ended(Exception):
    """The stream has lasted long enough."""


def _changed(parts: Parts, told: Parts) -> dict[str, str | None]:
    return {name: None if _told(part) == _told(told.get(name, "")) else part for name, part in parts.items()}


def _event(about: dict[str, str | None], number: str) -> str:
    return f"id: {number}\nevent: parts\ndata: {json.dumps(about)}\n\n"


def _digest(parts: Parts) -> str:
    return sha256(_told("\n".join(parts.values())).encode()).hexdigest()[:16]


def _told(part: str) -> str:
    return _FORGOTTEN.sub("", part)
