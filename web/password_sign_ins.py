"""Signing in with a password, for whoever has chosen one."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired

from models.db import transaction
from models.password import Password, hashed, matches
from models.second_factor import SecondFactor
from models.sign_in import Manner, SignIn
from models.user import User
from web.arriving import let_in
from web.fields import LineField
from web.proving import may_try
from web.sign_ins import local_path
from web.visitor import public, remember

page = Blueprint("password_sign_ins", __name__, url_prefix="/sign-in/password")

WRONG = "These do not belong together, or were tried too often. We can mail you a link instead."


class PasswordSignInForm(FlaskForm):
    email = LineField("Your e-mail address", longest=320, render_kw={"type": "email", "autocomplete": "username"})
    password = PasswordField(
        "Your password", [InputRequired("Please fill this in.")], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


@page.get("")
@public
def new() -> str:
    return render_template("password_sign_ins/new.html", form=PasswordSignInForm(next=request.args.get("next")))


@page.post("")
@public
def create() -> Response | tuple[str, int]:
    """Takes as long, and says the same, whether the address or the password is wrong."""
    form = PasswordSignInForm()
    if not form.validate():
        return render_template("password_sign_ins/new.html", form=form), 422
    with transaction() as tx:
        user = User.at(tx, form.email.data) if may_try(tx, form.email.data) else None
        known = tx.get(Password, user.id) if user else None
    if user is None or not matches(known, form.password.data):
        return _refused(form, user)
    return _come_in(user, form)


def _refused(form: PasswordSignInForm, user: User | None) -> tuple[str, int]:
    if user is None:
        matches(None, form.password.data)
    form.password.errors = [WRONG]
    return render_template("password_sign_ins/new.html", form=form), 422


def _come_in(user: User, form: PasswordSignInForm) -> Response | tuple[str, int]:
    """Or on to the page that asks for a code, which is that of mailed links."""
    fresh = hashed(form.password.data)
    with transaction() as tx:
        _renew(tx, user.id, fresh)
        sign_in = SignIn.of(tx, user, Manner.PASSWORD)
        asks = sign_in and SecondFactor.asked_of(tx, user.id)
        is_in = bool(sign_in and not asks and let_in(tx, sign_in))
    if sign_in is None:
        return _refused(form, user)
    wanted = local_path(form.next.data)
    if not is_in:
        session["next"] = wanted
        return redirect(url_for("sign_ins.edit", token=sign_in.token))
    remember(sign_in)
    return redirect(wanted or url_for("home.show"))


def _renew(tx: Session, user_id: int, fresh: str) -> None:
    """A hash with older parameters gives way, now that the password is known for a moment."""
    known = tx.get_one(Password, user_id)
    if known.is_outdated():
        Password.keep(tx, user_id, fresh, known.changed_at)
