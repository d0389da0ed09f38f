"""What a program narrows a list by. A page shows something whatever its address says; a program is told its mistake.

Otherwise it would take everything, or nothing, for what it asked for.
"""

from collections.abc import Callable

from flask import request
from werkzeug.exceptions import UnprocessableEntity

from emails.mails import KINDS
from models.delivery import State
from web.api import cursors
from web.fields import one_line

Check = Callable[[str], bool]


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


CHECKS: dict[str, Check] = {
    "kind": lambda text: text in KINDS,
    "state": lambda text: text in list(State),
    "source": is_number,
    "cursor": is_number,
    "limit": lambda text: is_number(text) and 1 <= int(text) <= cursors.MOST,
    "recipient": lambda text: bool(one_line(text)),
}


def check(*known: str, **own: Check) -> None:
    """Raises 422 for a filter that is none of these, comes twice, or says nothing that we know.

    own: what a list of its own kind checks in its own way.
    """
    checks = {name: CHECKS[name] for name in known} | own
    for name, texts in request.args.lists():
        if name not in checks:
            raise UnprocessableEntity(f"There is no filter {name[:80]!r} here.")
        if len(texts) > 1 or not checks[name](texts[0]):
            raise UnprocessableEntity(f"The filter {name!r} does not take {', '.join(texts)[:80]!r}.")
