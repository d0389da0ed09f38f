"""The first visit to a fresh installation: its workspace and its owner.

An installation whose only workspace was deleted is not everybody's: it asks for a code that stands in its own log.
"""

import hmac
import logging

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from config import settings
from models import token
from models.db import transaction
from models.sign_in import Manner, SignIn
from models.user import User
from models.workspace import Workspace
from web.arriving import let_in
from web.fields import LineField, is_address
from web.visitor import public, remember

log = logging.getLogger(__name__)

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
    code = LineField(
        "Set-up code",
        description="It stands in the log of this installation, from the moment at which this page was opened.",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def validate_code(self, field: LineField) -> None:
        if not hmac.compare_digest((field.data or "").lower().encode(), _code().encode()):
            raise ValidationError("That is not the code in the log.")


@page.get("/setup")
@public
def new() -> str | Response:
    with transaction() as tx:
        form, taken = _form(tx), Workspace.exists(tx)
    if not taken and form.code:
        log.warning("Set-up code of this installation: %s", _code())
    return _go_home() if taken else render_template("setup/new.html", form=form)


@page.post("/setup")
@public
def create() -> Response | tuple[str, int]:
    with transaction() as tx:
        form, taken = _form(tx), Workspace.exists(tx)  # in this order: whoever finds nobody is the first, or too late
    if not taken and not form.validate():
        return render_template("setup/new.html", form=form), 422
    with transaction() as tx:
        sign_in = _owner_signed_in(tx, form) if not taken and Workspace.is_vacant(tx) else None
    if sign_in is None:
        flash("Somebody has just set this installation up. Ask them to invite you.")
        return _go_home()
    remember(sign_in)
    flash("Your workspace is ready.")
    return redirect(url_for("starts.new"))


def _form(tx: Session) -> SetupForm:
    """No code is asked for where nobody has ever been."""
    form = SetupForm()
    if not User.exists(tx):
        del form.code
    return form


def _code() -> str:
    """It needs nothing that is stored, and only whoever has `SECRET_KEY` or reads the log knows it."""
    return token.signature("set-up")[:20]


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
