"""What cannot be taken back is asked about once more, on a page of its own, and done when that is answered with yes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import render_template, request, url_for

from web.errors import wants_json
from web.once import asks_first, once
from web.sign_ins import local_path

FIELD = "sure"

Question = str | Callable[..., str]


def sure(question: Question, about: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For a view that answers POST, under whatever says who may: it is only reached by a form that says it is sure.

    question: what would be done; or, of what the view is given, a function that tells it: nothing if nobody need be
    asked. about: what becomes of it then. A program, which asks for JSON, is taken at its word.
    """

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def asked(*args: Any, **named: Any) -> Any:
            is_sure = request.form.get(FIELD) == "yes" or wants_json()
            asks = "" if is_sure else question if isinstance(question, str) else question(*args, **named)
            return _asked(asks, about) if asks else view(*args, **named)

        asked.asks = True  # type: ignore[attr-defined]
        return asked

    return guard


def _asked(question: str, about: str) -> str:
    """The form that was sent counts as not sent yet; the one that asks counts once."""
    asks_first()
    about_it = {"question": question, "about": about, "said": said(FIELD), "field": FIELD}
    return render_template("sure.html", **about_it, action=once(address()), back=back())


def said(but: str) -> list[tuple[str, str]]:
    """What the form said, one field excepted, for another form to say it again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", but)]


def address() -> str:
    """Where the form was sent to, without its word for one time."""
    named = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    return url_for(request.endpoint or "", **{name: value for name, value in named.items() if name != "once"})


def back() -> str:
    """The page that the form stood on: a browser names it to ourselves alone."""
    came_from = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return local_path(came_from) or url_for("home.show")
