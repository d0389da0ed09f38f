"""A small form of a list that lacked something: asked for once more, on a page of its own, with all that was typed."""

from flask import render_template, request

from web.once import once
from web.sure import address, back, said


def again(field: str, label: str, problem: str, *, title: str = "", long: bool = False) -> tuple[str, int]:
    """The answer of a view that answers POST, whose `field` was wrong. What else the form said goes with it.

    label: of the field. title: of the page, otherwise the label. long: for a text of several lines.
    """
    about = {"field": field, "label": label, "problem": problem, "title": title or label, "long": long}
    typed = request.form.get(field, "")
    page = render_template("again.html", **about, typed=typed, said=said(field), action=once(address()), back=back())
    return page, 422
