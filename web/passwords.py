"""The visitor's password: chosen, changed, given up. Whoever does that shows once more who they are."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from jobs.deliveries import nudge
from models.db import transaction
from models.password import LONGEST, SHORTEST, Password, hashed, weakness
from models.sign_in import SignIn
from web.audit import audit
from web.proving import WRONG, is_proven
from web.security import warned
from web.soon import soon
from web.sure import sure
from web.visitor import everybody, visitor

page = Blueprint("passwords", __name__, url_prefix="/settings/password")


class PasswordForm(FlaskForm):
    current = PasswordField("The one you have now", render_kw={"autocomplete": "current-password"})
    fresh = PasswordField(
        "New password",
        [InputRequired("Please fill this in."), Length(max=LONGEST, message=f"At most {LONGEST} characters.")],
        description=f"At least {SHORTEST} characters: a few words that do not belong together.",
        render_kw={"autocomplete": "new-password"},
    )

    def validate_fresh(self, field: PasswordField) -> None:
        problem = weakness(field.data, visitor.user.name, visitor.user.email, visitor.workspace.name)
        if problem:
            raise ValidationError(problem)


class RemovalForm(FlaskForm):
    current = PasswordField("Your password", render_kw={"autocomplete": "current-password"})


@page.get("")
@everybody
def edit() -> str:
    return _shown(PasswordForm(), RemovalForm())


@page.post("")
@everybody
def update() -> Response | tuple[str, int]:
    """All other browsers are signed out, and a mail says so."""
    form = PasswordForm()
    if not form.validate():
        return _shown(form, RemovalForm(formdata=None)), 422
    if not is_proven(form.current.data or ""):
        form.current.errors = [WRONG]
        return _shown(form, RemovalForm(formdata=None)), 422
    fresh = hashed(form.fresh.data)
    with transaction() as tx:
        known = tx.get(Password, visitor.user.id)
        Password.keep(tx, visitor.user.id, fresh)
        ids = _change(tx, "changed" if known else "set")
    return _told("Your password counts from now on, and all other browsers are signed out.", ids)


@page.post("/removal")
@everybody
@sure(
    lambda: "Remove your password?" if visitor.sign_in.is_fresh else "",
    "Links that are mailed let you in. All other browsers are signed out.",
)
def remove() -> Response | tuple[str, int]:
    form = RemovalForm()
    if not is_proven(form.current.data or ""):
        form.current.errors = [WRONG]
        return _shown(PasswordForm(formdata=None), form), 422
    with transaction() as tx:
        known = tx.get(Password, visitor.user.id)
        if known:
            tx.delete(known)
        ids = _change(tx, "removed") if known else []
    return _told("You have no password any more: links that are mailed let you in.", ids)


def _change(tx: Session, act: str) -> list[int]:
    SignIn.end_all(tx, visitor.user.id, but=visitor.sign_in.id)
    return warned(tx, audit(tx, act, "password"))


def _told(words: str, ids: list[int]) -> Response:
    soon(nudge, "security", ids)
    flash(words)
    return redirect(url_for("passwords.edit"))


def _shown(form: PasswordForm, removal: RemovalForm) -> str:
    with transaction() as tx:
        known = tx.get(Password, visitor.user.id)
    return render_template("passwords/edit.html", form=form, removal=removal, known=known)
