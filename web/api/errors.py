"""What a program is told when something went wrong: `{"error": {"code": a word, "message": a sentence}}`, always."""

from collections.abc import Iterable

from flask import Response, jsonify, request

ROOT = "/api/"

# By status: the word that programs go by, and what people read. No message: whoever raised it has said what is wrong.
WORDS = {
    400: ("malformed", None),
    401: ("unauthorized", None),
    403: ("forbidden", None),
    404: ("not_found", "There is no such thing, or it belongs to another workspace."),
    409: ("conflict", None),
    410: ("gone", None),
    405: ("method_not_allowed", "That cannot be done here."),
    413: ("too_large", "That is too large. Please send less at once."),
    415: ("unsupported_media_type", None),
    422: ("invalid", None),
    429: ("too_many_requests", None),
    500: ("broken", "Something went wrong on our side. Nothing that was saved is lost."),
    503: ("unavailable", "We cannot reach our own database. Nothing that was saved is lost: please try again soon."),
}


def is_asked() -> bool:
    """Whether the request is one to the API, be there such a route or not."""
    return request.path.startswith(ROOT)


def told(status: int, description: str | None, headers: Iterable[tuple[str, str]]) -> Response:
    code, message = WORDS.get(status, ("failed", None))
    answer = jsonify(error={"code": code, "message": message or description or "That did not work."})
    answer.status_code = status
    answer.headers.extend((name, value) for name, value in headers if name != "Content-Type")
    return answer
