"""Codes from an authenticator app: turned on by one of them, turned off by one of them."""

import io
from datetime import timedelta

import segno
from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from jobs.deliveries import nudge
from models.db import transaction
from models.second_factor import SecondFactor
from models.throttle import Throttle
from web.audit import audit
from web.fields import LineField
from web.security import warned
from web.soon import soon
from web.visitor import everybody, visitor

page = Blueprint("second_factors", __name__, url_prefix="/settings/codes")

TRIES = 5  # at once, then one every few minutes: of a million codes three are right at any moment
EVERY = timedelta(minutes=3)
WRONG = "That is not the code, it was used before, or too many were tried: please wait for the next one."


class CodeForm(FlaskForm):
    code = LineField(
        "Code", longest=40, description="The six digits that the app shows now.",
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )  # fmt: skip


@page.get("")
@everybody
def edit() -> str:
    return _shown(CodeForm())


@page.post("")
@everybody
def create() -> AnyResponse:
    """Begins; nobody is asked for a code until one has been given."""
    with transaction() as tx:
        SecondFactor.begin(tx, visitor.user.id)
    return redirect(url_for("second_factors.edit"))


@page.get("/qr.svg")
@everybody
def qr() -> Response:
    """The code that the app reads, while it is not confirmed yet."""
    with transaction() as tx:
        factor = tx.get(SecondFactor, visitor.user.id)
    if factor is None or factor.confirmed_at:
        abort(410)
    file = io.BytesIO()
    segno.make(factor.address(visitor.user.email)).save(file, kind="svg", scale=5, light="#fff", xmldecl=False)
    return Response(file.getvalue(), content_type="image/svg+xml")


@page.post("/confirmation")
@everybody
def confirm() -> str | tuple[str, int]:
    """The answer shows the recovery codes, and no redirect follows: they must not be kept anywhere."""
    form = CodeForm()
    with transaction() as tx:
        factor = tx.get(SecondFactor, visitor.user.id) or abort(410)
        tried = form.validate() and not factor.confirmed_at and may_try(tx, visitor.user.id)
        codes = factor.confirm(tx, form.code.data) if tried else []
        ids = warned(tx, audit(tx, "turned on", "code at sign-in")) if codes else []
    return _told(form, codes, ids)


@page.post("/recovery")
@everybody
def renew() -> str | tuple[str, int]:
    """Other recovery codes."""
    form = CodeForm()
    with transaction() as tx:
        factor = _accepting(tx, form)
        codes = factor.renew() if factor else []
        ids = warned(tx, audit(tx, "renewed", "recovery code")) if codes else []
    return _told(form, codes, ids)


@page.post("/removal")
@everybody
def remove() -> AnyResponse | tuple[str, int]:
    form = CodeForm()
    with transaction() as tx:
        factor = _accepting(tx, form)
        if factor:
            tx.delete(factor)
        ids = warned(tx, audit(tx, "turned off", "code at sign-in")) if factor else []
    if factor is None:
        return _told(form, [], [])  # type: ignore[return-value]
    soon(nudge, "security", ids)
    flash("You are not asked for codes any more.")
    return redirect(url_for("second_factors.edit"))


def may_try(tx: Session, user_id: int) -> bool:
    return Throttle.allows(tx, f"code of {user_id}", TRIES, EVERY)


def _accepting(tx: Session, form: CodeForm) -> SecondFactor | None:
    """The one that is asked for, when the form has a code of it."""
    factor = SecondFactor.asked_of(tx, visitor.user.id)
    tried = factor and form.validate() and may_try(tx, visitor.user.id)
    return factor if factor and tried and factor.accepts(tx, form.code.data) else None


def _told(form: CodeForm, codes: list[str], ids: list[int]) -> str | tuple[str, int]:
    if not codes:
        form.code.errors = list(form.code.errors) or [WRONG]
        return _shown(form), 422
    soon(nudge, "security", ids)
    return _shown(CodeForm(formdata=None), codes)


def _shown(form: CodeForm, codes: list[str] | None = None) -> str:
    with transaction() as tx:
        factor = tx.get(SecondFactor, visitor.user.id)
    return render_template("second_factors/edit.html", form=form, factor=factor, codes=codes)
