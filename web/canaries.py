"""Where the link leads that no reader can see (`emails.canary`). Whoever comes here is a program; nothing happens."""

from flask import Blueprint, render_template

from models.traces.sight import CANARY
from web.visitor import public

page = Blueprint("canaries", __name__)


@page.get(CANARY)
@public
def show() -> str:
    """It is counted by Postmark's own event about the click, and by nothing here."""
    return render_template("canaries/show.html")
