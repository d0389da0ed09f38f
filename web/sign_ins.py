"""Signing in by a mailed link, and out."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField

from jobs.deliveries import nudge
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.second_factor import SecondFactor
from models.sign_in import SignIn
from models.user import User
from web.arriving import let_in
from web.audit import audit
from web.fields import LineField, is_address
from web.proving import from_here
from web.second_factors import WRONG, CodeForm, may_try
from web.soon import soon
from web.visitor import everybody, public, remember, visitor

page = Blueprint("sign_ins", __name__)

OFTEN = "Too many links were asked for from where you are: please try again in a minute."


class SignInForm(FlaskForm):
    email = LineField(
        "Your e-mail address", is_address, longest=320, render_kw={"type": "email", "autocomplete": "email"}
    )
    next = HiddenField()


@page.get("/sign-in")
@public
def new() -> str:
    return render_template("sign_ins/new.html", form=SignInForm(next=request.args.get("next")))


@page.post("/sign-in")
@public
def create() -> str | tuple[str, int]:
    """Says the same to everybody, so that nobody can find out who is here."""
    form = SignInForm()
    if not form.validate():
        return render_template("sign_ins/new.html", form=form), 422
    with transaction() as tx:
        ids = _mail_link(tx, form.email.data) if from_here(tx, "link") else None
    if ids is None:
        form.email.errors = [OFTEN]
        return render_template("sign_ins/new.html", form=form), 429
    soon(nudge, "sign_in", ids)
    session["next"] = local_path(form.next.data)
    return render_template("sign_ins/sent.html", email=form.email.data)


@page.get("/sign-in/<token>")
@public
def edit(token: str) -> str | Response | tuple[str, int]:
    """Changes nothing: mail scanners open links before people do. Whoever is in already may click once more."""
    with transaction() as tx:
        sign_in = SignIn.holding(tx, token)
        asks = bool(sign_in and SecondFactor.asked_of(tx, sign_in.user_id))
    if sign_in and sign_in.is_unused:
        return render_template("sign_ins/edit.html", form=CodeForm() if asks else None)
    return redirect(url_for("home.show")) if "sign_in" in session else _too_late()


@page.post("/sign-in/<token>")
@public
def update(token: str) -> Response | tuple[str, int]:
    """Where the account has an app for codes, one goes with it; the link is good until one was right."""
    form = CodeForm()
    with transaction() as tx:
        sign_in = SignIn.holding(tx, token)
        passed = bool(sign_in and sign_in.is_unused and _passes(tx, sign_in, form))
        is_in = bool(sign_in and passed and let_in(tx, sign_in))
    if sign_in and sign_in.is_unused and not passed:
        form.code.errors = list(form.code.errors) or [WRONG]
        return render_template("sign_ins/edit.html", form=form), 422
    if sign_in is None or not is_in:
        return _too_late()
    wanted = session.get("next")
    remember(sign_in)
    return redirect(local_path(wanted) or url_for("home.show"))


@page.post("/sign-out")
@everybody
def destroy() -> Response:
    with transaction() as tx:
        sign_in = tx.get_one(SignIn, visitor.sign_in.id)
        sign_in.end()
        audit(tx, "ended", sign_in, "signed out")
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("sign_ins.new"))


def local_path(wanted: str | None) -> str | None:
    """A path of ours, or None: browsers take `//host` and `/\\host` for another site."""
    text = wanted or ""
    plain = text.isprintable() and "\\" not in text and text.startswith("/") and not text.startswith("//")
    return text if plain and not urlsplit(text).netloc else None


def _passes(tx: Session, sign_in: SignIn, form: CodeForm) -> bool:
    factor = SecondFactor.asked_of(tx, sign_in.user_id)
    if factor is None:
        return True
    return form.validate() and may_try(tx, sign_in.user_id) and factor.accepts(tx, form.code.data)


def _mail_link(tx: Session, email: str) -> list[int]:
    user = User.at(tx, email)
    asked = SignIn.ask(tx, user) if user else None
    return (
        Delivery.address(tx, "sign_in", [Addressee(asked.workspace_id, asked.id, user.email)]) if asked and user else []
    )


def _too_late() -> tuple[str, int]:
    return render_template("sign_ins/gone.html", form=SignInForm()), 410
