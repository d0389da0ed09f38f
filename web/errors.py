"""What people and machines are told when something went wrong."""

import logging
from collections.abc import Iterable

from flask import Flask, Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from models.db import NotFound
from web.api import errors as api

log = logging.getLogger(__name__)

WORDS = {
    400: ("We did not understand that", "Please go back and try once more."),
    403: ("This is not for your role", "Ask an owner or admin to do it for you, or to change your role."),
    404: ("There is no such page", "It may have been removed, or it belongs to another workspace."),
    405: ("That cannot be done here", "Please go back and try once more."),
    413: ("That is too large", "Please send less at once."),
    500: ("Something went wrong on our side", "Nothing that was saved is lost. Please try again in a moment."),
    503: ("We cannot reach our own database", "Nothing that was saved is lost. Please try again in a moment."),
}
STALE = ("This page was open for too long", "Please go back, load it again and send the form once more.")


def attach(app: Flask) -> None:
    app.register_error_handler(HTTPException, _told)
    app.register_error_handler(CSRFError, lambda problem: _page(400, *STALE))
    app.register_error_handler(NotFound, lambda problem: _answer(404))
    app.register_error_handler(SQLAlchemyError, _ourselves)
    app.register_error_handler(RedisError, _ourselves)


def _told(problem: HTTPException) -> Response:
    """Redirects and answers that come with a body of their own stay as they are."""
    if problem.response is not None or (problem.code or 500) < 400:
        return problem.get_response()  # type: ignore[return-value]
    return _answer(problem.code or 500, problem.description, problem.get_headers())


def _ourselves(problem: Exception) -> Response:
    """Logged like any crash, and 503: whoever called should try again, and a webhook does."""
    log.exception("%s %s could not be answered", request.method, request.path, exc_info=problem)
    return _answer(503)


def _answer(code: int, description: str | None = None, headers: Iterable[tuple[str, str]] = ()) -> Response:
    if api.is_asked():
        return api.told(code, description, headers)
    title, advice = WORDS.get(code, ("That did not work", description or ""))
    if not (request.path.startswith("/webhooks/") or wants_json()):
        return _page(code, title, advice)
    told = jsonify(error=description or title)
    told.status_code = code
    return told


def wants_json() -> bool:
    """Whether a program is asking: it says so, and does not take pages just as well."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _page(code: int, title: str, advice: str) -> Response:
    return Response(render_template("error.html", title=title, advice=advice), code, content_type="text/html")
