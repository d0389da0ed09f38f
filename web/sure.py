"""What cannot be taken back is asked about once more, on a page of its own, and done when that is answered with yes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import render_template, request, url_for

from web.sign_ins import local_path

FIELD = "sure"


def sure(question: str, about: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For a view that answers POST, under whatever says who may: it is only reached by a form that says it is sure.

    question: what would be done. about: what becomes of it then.
    """

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def asked(*args: Any, **named: Any) -> Any:
            return view(*args, **named) if request.form.get(FIELD) == "yes" else _asked(question, about)

        return asked

    return guard


def _asked(question: str, about: str) -> str:
    said = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", FIELD)]
    return render_template("sure.html", question=question, about=about, said=said, field=FIELD, back=_back())


def _back() -> str:
    """The page that the form stood on: a browser names it to ourselves alone."""
    came_from = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return local_path(came_from) or url_for("home.show")
