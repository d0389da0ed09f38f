"""A page behind a link that was mailed: who holds it may do the one thing that it is for, signed in or out.

A GET shows what that is and changes nothing, for mail scanners open links before people do. A POST does it; another one
finds it done.
"""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from flask import Blueprint, abort, render_template
from sqlalchemy.orm import Session

from models.db import transaction
from web.visitor import public

Row = TypeVar("Row")


def behind(
    page: Blueprint,
    parameter: str,
    find: Callable[[Session, str], Row | None],
    do: Callable[[Session, Row], Any],
    tell: Callable[[Session, Row], Any],
) -> None:
    """Adds both to the blueprint, as `show` and `do`, under `/<parameter>`.

    `find` gives what a token is about, or None for a 404. `tell` gives what the template `<blueprint>/show.html` calls
    `about`, with all that it reads. What `do` returns is called after the transaction.
    """
    link = _Link(f"{page.name}/show.html", find, do, tell)
    page.add_url_rule(f"/<{parameter}>", "show", public(lambda **token: link.shown(token[parameter])))
    page.add_url_rule(f"/<{parameter}>", "do", public(lambda **token: link.used(token[parameter])), methods=["POST"])


class _Link(NamedTuple, Generic[Row]):
    template: str
    find: Callable[[Session, str], Row | None]
    do: Callable[[Session, Row], Any]
    tell: Callable[[Session, Row], Any]

    def shown(self, token: str) -> str:
        with transaction() as tx:
            about = self.tell(tx, self.find(tx, token) or abort(404))
        return render_template(self.template, about=about)

    def used(self, token: str) -> str:
        with transaction() as tx:
            row = self.find(tx, token) or abort(404)
            after = self.do(tx, row)
            about = self.tell(tx, row)
        if after:
            after()
        return render_template(self.template, about=about)
