"""Whether this installation is well: what must hold, what was found, and its fix, with a button where we can."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs import own_checks
from jobs.checkups import examine, register_webhooks
from jobs.connection import hurry
from models.check import State, StoredCheck
from models.db import transaction
from web.audit import audit
from web.live import live
from web.soon import soon
from web.visitor import operators_only

page = Blueprint("doctor", __name__, url_prefix="/doctor")

WORSE = (State.BAD, State.LOOK, State.UNKNOWN, State.FINE)


@page.get("")
@operators_only
@live
@hurry()
def show() -> str:
    with transaction() as tx:
        provider, asked_at = StoredCheck.all(tx), StoredCheck.asked_at(tx)
        own = own_checks.all_checks(tx)
    worst = min((check.state for check in [*own, *provider]), key=WORSE.index)
    return render_template("doctor/show.html", own=own, provider=provider, asked_at=asked_at, worst=worst)


@page.post("/checkup")
@operators_only
def examine_again() -> Response:
    soon(examine.later)
    flash("Postmark is being asked.")
    return redirect(url_for("doctor.show"))


@page.post("/webhooks")
@operators_only
def register() -> Response:
    with transaction() as tx:
        audit(tx, "registered", "webhook", "all, at Postmark")
    soon(register_webhooks.later)
    flash("The webhooks are being registered: Postmark tries each of them at once.")
    return redirect(url_for("doctor.show"))
