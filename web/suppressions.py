"""Addresses that a workspace sends nothing to: seen, added, lifted with a reason. One list for all that it sends."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from config import settings
from jobs.suppressions import tell_suppressions
from models.db import transaction
from models.suppression import Suppression
from models.user import normal
from web import exports
from web.again import again
from web.audit import audit
from web.fields import LineField, is_address, one_line
from web.listing import Listing, Sort, by_number
from web.soon import soon
from web.visitor import here, managers_only, ours, visitor

page = Blueprint("suppressions", __name__, url_prefix="/suppressions")

LONGEST = 200  # characters of a reason
SORTS = {
    **by_number(Suppression.id),
    "address": Sort("by address", (Suppression.email, Suppression.stream)),
}
STREAMS = [
    SelectChoice(settings.broadcast_stream, "newsletters"),
    SelectChoice(settings.transactional_stream, "questions, digests and all other mail"),
]


class SuppressionForm(FlaskForm):
    email = LineField("Address", is_address, longest=320, render_kw={"type": "email"})
    stream = SelectField("Nothing more of", choices=STREAMS)
    reason = LineField("Why", description="Kept with it, so that the next person knows.")


@page.get("")
@managers_only
def index() -> str:
    return _shown(SuppressionForm(formdata=None))


@page.post("")
@managers_only
def create() -> Response | tuple[str, int]:
    form = SuppressionForm()
    if not form.validate():
        return _shown(form), 422
    about = {"reason": form.reason.data, "origin": "Customer", "by": visitor.user.email}
    with transaction() as tx:
        Suppression.impose(tx, here(), normal(form.email.data), form.stream.data, **about)
        audit(tx, "added", "suppression", form.reason.data)
    soon(tell_suppressions.later)
    flash("Nothing more is sent there.")
    return redirect(url_for("suppressions.index"))


@page.post("/exports")
@managers_only
def export() -> Response:
    form, user = exports.wanted_form(), visitor.user.id
    return exports.led(exports.asked("suppressions", {"wanted": _wanted()}, "Suppressions", form, user))


@page.post("/<id:suppression_id>/lift")
@managers_only
def lift(suppression_id: int) -> Response | tuple[str, int]:
    because = one_line(request.form.get("because"))
    with transaction() as tx:
        found = ours(tx, Suppression, suppression_id)
        if not 0 < len(because) <= LONGEST:
            problem = f"Please use at most {LONGEST} characters." if because else "Please say why."
            return again("because", f"Why {found.email} may be sent to again", problem, title="Lift a suppression")
        found.release(because, visitor.user.email)
        audit(tx, "lifted", found, because)
    soon(tell_suppressions.later)
    flash("Lifted. Postmark is told, and may say no: a complaint stays.")
    return redirect(url_for("suppressions.index"))


def _shown(form: SuppressionForm) -> str:
    wanted = _wanted()
    found = Suppression.looked_for(here(), **wanted)
    with transaction() as tx:
        rows: Listing[Suppression] = Listing.of(tx, found, SORTS)
    return render_template("suppressions/index.html", found=rows, form=form, wanted=wanted)


def _wanted() -> dict[str, str]:
    beginning = one_line(request.args.get("beginning")).lower()
    return {"beginning": beginning} if beginning else {}
