"""What is known of the visitor: taken away as a file, and deleted with their account."""

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice

from jobs.erasures import erase
from models.db import transaction
from models.exports.export import Export
from models.farewell import say_farewell
from models.membership import Refused
from web.audit import audit
from web.exports import asked, handed
from web.live import live
from web.proving import WRONG, has_password, is_proven
from web.soon import soon
from web.sure import sure
from web.visitor import everybody, here, visitor

page = Blueprint("own_data", __name__, url_prefix="/settings/data")


class FarewellForm(FlaskForm):
    words = RadioField(
        "What you wrote",
        choices=[
            SelectChoice("keep", "stays, by a “former member”"),
            SelectChoice("delete", "is deleted: answers and comments, in all teams"),
        ],
        default="keep",
    )
    current = PasswordField("Your password", render_kw={"autocomplete": "current-password"})


@page.get("")
@everybody
@live
def index() -> str:
    return _shown(FarewellForm())


@page.post("")
@everybody
def create() -> Response:
    """A job makes the file."""
    asked("person", {"person": visitor.user.id}, "my-data", "zip", visitor.user.id)
    return redirect(url_for("own_data.index"))


@page.get("/file")
@everybody
def file() -> Response:
    """The latest."""
    with transaction() as tx:
        export = _latest(tx) or abort(410)
    return handed(export)


@page.post("/deletion")
@everybody
@sure(lambda: _unproven("Delete your account?"), "You are out of everything at once. Nobody can take that back.")
def delete() -> Response | tuple[str, int]:
    form = FarewellForm()
    if not form.validate():
        return _shown(form), 422
    if not is_proven(form.current.data or ""):
        form.current.errors = [WRONG]
        return _shown(form), 422
    try:
        with transaction() as tx:
            audit(tx, "deleted", "account")
            ids = say_farewell(tx, visitor.user.id, with_words=form.words.data == "delete")
    except Refused as problem:
        form.words.errors = [str(problem)]
        return _shown(form), 422
    soon(erase.later_each, ids)
    session.clear()
    flash("Your account is deleted.")
    return redirect(url_for("sign_ins.new"))


def _unproven(question: str) -> str:
    """Whoever types their password has been asked."""
    return question if visitor.sign_in.is_fresh else ""


def _latest(tx: Session) -> Export | None:
    mine = select(Export).filter_by(workspace_id=here(), source="person", user_id=visitor.user.id)
    return tx.scalar(mine.order_by(Export.id.desc()).limit(1))


def _shown(form: FarewellForm) -> str:
    with transaction() as tx:
        export = _latest(tx)
    return render_template("own_data/index.html", form=form, export=export, asks=has_password())
