"""A page behind a link that was mailed: who holds it may do the one thing that it is for, signed in or out.

A GET shows what that is and changes nothing, for mail scanners open links before people do. A POST does it; another one
finds it done.
"""

from collections.abc import Callable
from typing import Any, TypeVar

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

    @public
    def show(**token: str) -> str:
        with transaction() as tx:
            about = tell(tx, find(tx, token[parameter]) or abort(404))
        return render_template(f"{page.name}/show.html", about=about)

    @public
    def done(**token: str) -> str:
        with transaction() as tx:
            row = find(tx, token[parameter]) or abort(404)
            after = do(tx, row)
            about = tell(tx, row)
        if after:
            after()
        return render_template(f"{page.name}/show.html", about=about)

    page.add_url_rule(f"/<{parameter}>", "show", show)
    page.add_url_rule(f"/<{parameter}>", "do", done, methods=["POST"])
