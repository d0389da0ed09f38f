"""Who gets in: a program with a key of a workspace, for what the key is for. RFC 6750 says how it is presented.

A view that does not say what it needs is closed: to it, who comes here is a visitor without a cookie.
"""

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Request, Response, after_this_request, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized

from models.api_key import ApiKey, Scope
from models.db import transaction
from web.api.errors import ROOT
from web.api.repeats import done_once
from web.limits import Spent, spend
from web.visitor import public

View = Callable[..., Any]

BURST = 120  # requests that a key may make at once
EVERY = 0.1  # seconds after which it may make one more


class NoKey(Unauthorized):
    """401. Its header is written out, since Werkzeug leaves out quotation marks that RFC 9110 (11.5) asks for."""

    challenge = 'Bearer realm="Postroom"'

    def get_headers(self, *about: Any) -> list[tuple[str, str]]:
        return [*super().get_headers(*about), ("WWW-Authenticate", self.challenge)]


class WrongKey(NoKey):
    challenge = f'{NoKey.challenge}, error="invalid_token"'


class Sessions(SecureCookieSessionInterface):
    """The API neither reads a cookie nor sets one, so no page can make a browser act on it; nor do pictures, which all
    may keep."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return None if request.path.startswith((ROOT, "/pictures/")) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Who only listens changes nothing: words that wait for the next page stay for it."""
        if response.mimetype != "text/event-stream":
            super().save_session(app, session, response)


def needs(scope: Scope) -> Callable[[View], View]:
    """Lets in who holds a key for this, and shows them the rows of its workspace."""

    def guarding(view: View) -> View:
        @public
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            g.key = _admitted(scope)
            g.workspace_id = g.key.workspace_id
            return done_once(lambda: view(*args, **named))

        guarded.scope, guarded.admits = scope, "programs"  # type: ignore[attr-defined]
        return guarded

    return guarding


def _admitted(scope: Scope) -> ApiKey:
    key = _presented()
    _count(spend(f"api:{key.id}", BURST, EVERY))
    if scope not in key.scopes:
        raise Forbidden(f"This key is not for {scope}.")
    return key


def _presented() -> ApiKey:
    given = request.authorization
    text = given.token if given and given.type == "bearer" else None
    if not text:
        raise NoKey("Please send a key: Authorization: Bearer pk_…")
    with transaction() as tx:
        key = ApiKey.holding(tx, text)
        if key:
            key.touch(tx)
    if key is None:
        raise WrongKey("There is no such key, or it has been revoked.")
    return key


def _count(spent: Spent) -> None:
    """Every answer tells how much is left (the header fields of draft-ietf-httpapi-ratelimit-headers, up to its 07)."""
    seconds = math.ceil(spent.seconds)
    told = {"RateLimit-Limit": str(BURST), "RateLimit-Remaining": str(spent.left), "RateLimit-Reset": str(seconds)}

    @after_this_request
    def tell(response: Response) -> Response:
        response.headers.update(told if spent.is_allowed else told | {"Retry-After": str(seconds)})
        return response

    if not spent.is_allowed:
        raise TooManyRequests(f"This key has made too many requests: please wait {seconds} s.")
