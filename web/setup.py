"""The first visit to a fresh installation: its workspace and its owner."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from config import settings
from models.db import transaction
from models.sign_in import Manner, SignIn
from models.user import User
from models.workspace import Workspace
from web.arriving import let_in
from web.fields import LineField, is_address
from web.visitor import public, remember

page = Blueprint("setup", __name__)


class SetupForm(FlaskForm):
    workspace = LineField("Name of your workspace", description="Your company or your group.")
    name = LineField("Your name", render_kw={"autocomplete": "name"})
    email = LineField(
        "Your e-mail address",
        is_address,
        longest=320,
        description="You will sign in with links that are mailed there.",
        render_kw={"type": "email", "autocomplete": "email"},
    )


@page.get("/setup")
@public
def new() -> str | Response:
    with transaction() as tx:
        taken = Workspace.exists(tx)
    return _go_home() if taken else render_template("setup/new.html", form=SetupForm())


@page.post("/setup")
@public
def create() -> Response | tuple[str, int]:
    form = SetupForm()
    if not form.validate():
        return render_template("setup/new.html", form=form), 422
    with transaction() as tx:
        sign_in = _owner_signed_in(tx, form) if Workspace.is_vacant(tx) else None
    if sign_in is None:
        flash("Somebody has just set this installation up. Ask them to invite you.")
        return _go_home()
    remember(sign_in)
    flash("Your workspace is ready.")
    return redirect(url_for("starts.new"))


def _owner_signed_in(tx: Session, form: SetupForm) -> SignIn:
    """Whoever sets it up sits in front of it: mail may not even work yet."""
    owner = User.called(tx, form.email.data, form.name.data)
    where = settings.base_url or request.url_root
    workspace = Workspace.set_up(tx, name=form.workspace.data, base_url=where, owner=owner)
    sign_in = SignIn.begin(tx, owner, workspace, Manner.SETUP)
    let_in(tx, sign_in)
    return sign_in


def _go_home() -> Response:
    return redirect(url_for("home.show"))
