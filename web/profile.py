"""The visitor's own name and time zone."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from models.db import transaction
from models.user import User
from web.fields import LineField, zone_field
from web.visitor import everybody, visitor

page = Blueprint("profile", __name__, url_prefix="/settings/profile")


class ProfileForm(FlaskForm):
    name = LineField("Your name", description="As others read it.", render_kw={"autocomplete": "name"})
    zone = zone_field("Your time zone", description="Seats in teams that you get from now on start with it.")


@page.get("")
@everybody
def edit() -> str:
    return render_template("profile/edit.html", form=ProfileForm(obj=visitor.user))


@page.post("")
@everybody
def update() -> Response | tuple[str, int]:
    form = ProfileForm()
    if not form.validate():
        return render_template("profile/edit.html", form=form), 422
    with transaction() as tx:
        user = tx.get_one(User, visitor.user.id)
        user.name, user.zone = form.name.data, form.zone.data
    flash("Saved.")
    return redirect(url_for("profile.edit"))
