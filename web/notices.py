"""How soon somebody is told, by mail, of what is said to them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from models.db import transaction
from models.membership import Membership
from models.notice import Pace
from web.visitor import everybody, visitor

page = Blueprint("notices", __name__, url_prefix="/settings/notices")


class NoticesForm(FlaskForm):
    notices = RadioField(
        "When somebody comments on what you said, thanks you or names you",
        choices=[
            SelectChoice(Pace.AT_ONCE, "tell me at once"),
            SelectChoice(Pace.HOURLY, "gather them for an hour, then tell me in one mail"),
            SelectChoice(Pace.DIGEST, "tell me with my next digest"),
            SelectChoice(Pace.NEVER, "do not mail me"),
        ],
    )


@page.get("")
@everybody
def edit() -> str:
    return render_template("notices/edit.html", form=NoticesForm(obj=visitor.membership))


@page.post("")
@everybody
def update() -> Response | tuple[str, int]:
    """From the next comment on; what waits already goes as it was to go."""
    form = NoticesForm()
    if not form.validate():
        return render_template("notices/edit.html", form=form), 422
    with transaction() as tx:
        tx.get_one(Membership, visitor.membership.id).notices = form.notices.data
    flash("Saved.")
    return redirect(url_for("notices.edit"))
