"""The browsers that are signed in as the visitor: seen, and ended at once."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.db import transaction
from models.sign_in import SignIn
from web.agents import described
from web.audit import audit
from web.visitor import everybody, visitor

page = Blueprint("sessions", __name__, url_prefix="/settings/sessions")


@page.get("")
@everybody
def index() -> str:
    with transaction() as tx:
        found = SignIn.open_of(tx, visitor.user.id)
    return render_template("sessions/index.html", found=found, described=described)


@page.post("/<id:session_id>/end")
@everybody
def end(session_id: int) -> Response:
    """This one, too: then it is signing out."""
    with transaction() as tx:
        mine = select(SignIn).filter_by(id=session_id, user_id=visitor.user.id)
        sign_in = tx.scalar(mine) or abort(404)
        sign_in.end()
        audit(tx, "ended", sign_in, described(sign_in.agent))
    flash("It is signed out.")
    return redirect(url_for("sessions.index"))


@page.post("/end")
@everybody
def end_others() -> Response:
    with transaction() as tx:
        if SignIn.end_all(tx, visitor.user.id, but=visitor.sign_in.id):
            audit(tx, "ended", visitor.sign_in, "all others")
    flash("All others are signed out.")
    return redirect(url_for("sessions.index"))
