"""The provider. This is the one place that knows postmarker; what its answers mean is in `emails.answers`.

An answer carries the decision: taken, `Unavailable` (certainly not taken: try again), `Rejected` (never), `Inactive`
(never, and not the address either) or `Ambiguous` (nobody can know: ask first). Postmark has no idempotency key, so
what is ambiguous is never simply sent again: `search` asks for it. `Busy` and `Barred` are `Unavailable` for everybody.
"""

import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import orjson
import requests
from postmarker.core import PostmarkClient
from postmarker.exceptions import ClientError, PostmarkerException

from config import settings
from emails import blocks
from emails.answers import NOT_ALLOWED, Ambiguous, Answer, Barred, Busy, Refusal, Unavailable, of_items
from emails.blocks import Block
from emails.cutting import Body
from emails.letter import Letter

REFUSED = (400, 404, 408, 413, 415, 422)  # statuses with which a whole call was turned away unread
ODD = (ValueError, LookupError, TypeError)  # an answer of a shape that nobody expects
FAILURES = (requests.RequestException, PostmarkerException, *ODD)
TIMEOUTS = (5, min(60, settings.stale_after // 2))  # seconds to connect, seconds to wait for an answer


def send(letters: Iterable[Letter]) -> list[Answer]:
    """Sends letters in as few calls as Postmark allows; one answer for each, in order.

    Never raises for what Postmark does: a call that fails is the answer to each of its letters, and to no others. What
    `letters` raises comes through. Each letter may go as soon as it is taken: a call is kept as JSON only.
    """
    return [answer for block in blocks.filled(map(_message, letters)) for answer in _sent(block)]


def search(stream: str, batch_id: str) -> dict[int, str]:
    """What Postmark has of a batch: `{delivery id: provider id}`. Raises `Unavailable` when it cannot be asked."""
    question = {"count": 500, "offset": 0, "messagestream": stream, "metadata_batch": batch_id.replace("-", "")}
    try:
        answer = client().call("GET", "/messages/outbound", **question)
    except FAILURES as failure:
        raise Unavailable(f"could not ask about a batch: {failure}") from failure
    messages = answer.get("Messages", [])
    return {int(m["Metadata"]["delivery"]): m["MessageID"] for m in messages if "delivery" in m.get("Metadata", {})}


def call(method: str, path: str, **about: Any) -> Any:
    """What Postmark says to a call that no letter is in. Raises `Refusal`: `Barred` when the token is no good."""
    try:
        return client().call(method, path, **about)
    except FAILURES as failure:
        raise _of_failure(failure) from failure


def _sent(block: Block) -> list[Answer]:
    try:
        answers = client().call("POST", "/email/batch", data=block.body())
    except Exception as failure:  # a time-out of ours, too: whatever ends it, some may have been taken
        return [_of_failure(failure)] * block.count
    return of_items(answers, block.count)


_local = threading.local()


class _Client(PostmarkClient):
    """postmarker that takes its data as JSON already: a call of 500 letters is ten megabytes of it."""

    def _call(self, method: str, root: str, endpoint: str, data: Any = None, headers: Any = None, **query: Any) -> Any:
        whole = {"Accept": "application/json", "Content-Type": "application/json", **(headers or {})}
        url = urljoin(root, endpoint)
        response = self.session.request(method, url, data=data, params=query, headers=whole, timeout=self.timeout)
        self.check_response(response)
        return orjson.loads(response.content)


def client() -> PostmarkClient:
    """For calls that no letter is in. One session a thread: requests does not promise that sessions may be shared."""
    if not hasattr(_local, "client"):
        _local.client = _Client(
            server_token=settings.postmark_server_token,
            timeout=TIMEOUTS,
            max_retries=0,
            root_api_url=settings.postmark_api_url,
        )
    return _local.client


def _message(letter: Letter) -> bytes:
    message: dict[str, object] = {
        "From": letter.sender,
        "To": letter.to,
        "Subject": letter.subject,
        "HtmlBody": _body(letter.html),
        "TextBody": _body(letter.text),
        "Tag": letter.tag,
        "MessageStream": letter.stream,
        "Metadata": dict(letter.metadata),
        "Headers": [{"Name": name, "Value": value} for name, value in letter.headers.items()],
        "TrackOpens": letter.tracked,
        "TrackLinks": "HtmlAndText" if letter.tracked else "None",
    }
    if letter.reply_to:
        message["ReplyTo"] = letter.reply_to
    return orjson.dumps(message)


def _body(body: str | Body) -> str | orjson.Fragment:
    return orjson.Fragment(body.as_json()) if isinstance(body, Body) else body


def _of_failure(failure: Exception) -> Refusal:
    """What a failed call means for every message in it.

    Before the request was written nothing can have been taken. A clean refusal of the whole call took nothing
    either, and no message is to blame. Anything else (no answer in time, a connection cut after the request, an
    error of the server's) may have taken some.
    """
    status, words = _status(failure), f"{type(failure).__name__}: {failure}"[:300]
    code = int(failure.error_code or 0) if isinstance(failure, ClientError) else None
    if status in (401, 403) or (code in NOT_ALLOWED and status in REFUSED):
        return Barred(words, code or status)
    if status == 429 or (status == 503 and code == 100):
        return Busy(words, code or status)
    if status in REFUSED:
        return Unavailable(words, code or status)
    if status is None and _never_left(failure):
        return Busy(words)
    return Ambiguous(words, code or status)


def _status(failure: BaseException | None) -> int | None:
    """The HTTP status behind an exception of postmarker's, which does not tell it itself."""
    while failure is not None:
        response = getattr(failure, "response", None)
        if response is not None:
            return int(response.status_code)
        failure = failure.__cause__ or failure.__context__
    return None


def _never_left(failure: Exception) -> bool:
    if isinstance(failure, requests.ConnectTimeout | requests.exceptions.InvalidURL):
        return True
    return isinstance(failure, requests.ConnectionError) and "Failed to establish a new connection" in str(failure)
