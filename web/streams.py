"""The provider's message streams: which are shut and why, opening them again, and how much may go through."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from config import settings
from jobs.checkups import examine
from jobs.deliveries import reopen
from models.db import transaction
from models.stream import State, Stream
from web.audit import audit
from web.fields import WholeNumberField
from web.soon import soon
from web.visitor import operators_only

page = Blueprint("streams", __name__)

MOST = 100_000  # a second: more than a provider takes


class LimitForm(FlaskForm):
    most_per_second = WholeNumberField(
        "Messages a second, at most",
        [Optional(), NumberRange(1, MOST, f"Please give a whole number from 1 to {MOST:,}, or nothing.")],
        description="Of all workers together, from now on. Leave it empty for no limit.",
        render_kw={"inputmode": "numeric"},
    )

    unsubscribes = RadioField(
        "Who manages unsubscribes",
        choices=[
            SelectChoice("postmark", "Postmark. It adds its own link, which leaves everything on this stream."),
            SelectChoice("ours", "Postroom, with one-click links of each newsletter. Postmark's support allows it."),
        ],
        default="postmark",
        description="As Postmark's settings of the stream have it. Either way, each hears of what the other is told.",
    )


@page.get("/streams/<stream>/edit")
@operators_only
def edit(stream: str) -> str:
    with transaction() as tx:
        found = _known(tx, stream)
    return render_template("streams/edit.html", stream=found, form=LimitForm(obj=found))


@page.post("/streams/<stream>")
@operators_only
def update(stream: str) -> Response | tuple[str, int]:
    form = LimitForm()
    is_valid = form.validate()
    with transaction() as tx:
        found = _known(tx, stream)
        if is_valid:
            named = Stream.named(tx, stream)
            named.limit(form.most_per_second.data)
            named.unsubscribes = form.unsubscribes.data or "postmark"
            audit(tx, "changed", named)
    if not is_valid:
        return render_template("streams/edit.html", stream=found, form=form), 422
    soon(reopen.later, stream)
    soon(examine.later)
    flash("Saved.")
    return redirect(url_for("queues.index"))


@page.post("/streams/<stream>/resumption")
@operators_only
def resume(stream: str) -> Response:
    with transaction() as tx:
        _known(tx, stream)
        named = Stream.named(tx, stream)
        named.resume()
        audit(tx, "resumed", named)
    soon(reopen.later, stream)
    flash("It is open again.")
    return redirect(url_for("queues.index"))


def shut(tx: Session) -> list[Stream]:
    """The stream of newsletters, when nothing goes through it now."""
    ours = [stream for stream in Stream.all(tx) if stream.name == settings.broadcast_stream]
    return [stream for stream in ours if stream.state in (State.HELD, State.PAUSED)]


def _known(tx: Session, name: str) -> Stream:
    """The stream, to be looked at; nobody makes one by asking for it."""
    return next((stream for stream in Stream.all(tx) if stream.name == name), None) or abort(404)
