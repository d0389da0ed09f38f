"""Errors to Sentry: the one place that knows it. Without SENTRY_DSN nothing of it is even imported.

What people wrote, whom they wrote to, and our secrets stay here: no local variables, no request bodies, no personal
data are collected, and what looks like an address or a secret is struck out of the rest.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from config import settings

if TYPE_CHECKING:
    from sentry_sdk.integrations import Integration
    from sentry_sdk.types import Event, Hint

_reported: set[tuple[str, type[BaseException]]] = set()

REMOVED = "[removed]"
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+(?=@)")


def start(process: str) -> None:
    """Reports this process's uncaught errors from now on. process: web, worker, scheduler."""
    if not settings.sentry_dsn:
        return
    import sentry_sdk

    sentry_sdk.init(dsn=settings.sentry_dsn, environment=settings.environment, **options(process))
    sentry_sdk.set_tag("process", process)


def report(error: BaseException, job: str) -> None:
    """An error that ended a job, or part of one. job: the function's name, or the place in the worker."""
    if not settings.sentry_dsn:
        return
    import sentry_sdk

    with sentry_sdk.new_scope() as scope:
        scope.set_tag("job", job)
        scope.capture_exception(error)


def report_first(error: BaseException, where: str) -> None:
    """An error that ends nothing, because what it met will be tried again: of each kind and place the first only."""
    if (where, type(error)) not in _reported:
        _reported.add((where, type(error)))
        report(error, where)


def options(process: str) -> dict[str, Any]:
    return {
        "integrations": list(_integrations(process)),
        "include_local_variables": False,
        "send_default_pii": False,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,
        "auto_enabling_integrations": False,
        "before_send": before_send,
    }


def before_send(event: "Event", hint: "Hint") -> "Event":
    """The event without addresses and secrets, wherever in it they stand.

    Of the request the method stays, and the route's pattern as the transaction's name: our URLs hold sign-in tokens.
    """
    clean: Event = _clean(event)
    if "request" in clean:
        clean["request"] = {"method": clean["request"].get("method", "")}
    return clean


def _integrations(process: str) -> "Iterator[Integration]":
    """What is only logged is no event: an error is reported where it ends something."""
    from sentry_sdk.integrations.logging import LoggingIntegration

    yield LoggingIntegration(event_level=None)
    if process == "web":
        from sentry_sdk.integrations.flask import FlaskIntegration

        yield FlaskIntegration()


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return _strike_out(value) if isinstance(value, str) else value


def _strike_out(text: str) -> str:
    for secret in _secrets():
        text = text.replace(secret, REMOVED)
    return ADDRESS.sub(REMOVED, CREDENTIALS.sub(REMOVED, text))


def _secrets() -> tuple[str, ...]:
    return (
        settings.secret_key,
        settings.postmark_server_token,
        settings.database_url,
        settings.redis_url,
        *settings.webhook_secrets,
    )
