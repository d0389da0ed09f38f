"""What a program narrows a list by. A page shows something whatever its address says; a program is told its mistake.

Otherwise it would take everything, or nothing, for what it asked for.
"""

from collections.abc import Callable

from flask import request
from werkzeug.exceptions import UnprocessableEntity

from emails.mails import KINDS
from models.delivery import State
from web.fields import one_line

CHECKS: dict[str, Callable[[str], bool]] = {
    "kind": lambda text: text in KINDS,
    "state": lambda text: text in list(State),
    "source": lambda text: text.isascii() and text.isdigit() and len(text) < 19,
    "recipient": lambda text: bool(one_line(text)),
}


def check(*known: str) -> None:
    """Raises 422 for a filter that is none of these, comes twice, or says nothing that we know."""
    for name, texts in request.args.lists():
        if name not in known:
            raise UnprocessableEntity(f"There is no filter {name[:80]!r} here.")
        if len(texts) > 1 or not CHECKS[name](texts[0]):
            raise UnprocessableEntity(f"The filter {name!r} does not take {', '.join(texts)[:80]!r}.")
