"""When a draft goes out by itself."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired, ValidationError

from jobs.editions import publish_scheduled
from models import clock, local_time
from models.db import transaction
from models.edition import Edition
from web.audit import audit
from web.editions import too_late, whole
from web.fields import MomentField, zone_field
from web.soon import soon
from web.visitor import editors_only, ours, visitor

page = Blueprint("schedules", __name__, url_prefix="/editions/<id:edition_id>/schedule")

FARTHEST = timedelta(days=366)


class ScheduleForm(FlaskForm):
    at = MomentField(
        "Day and hour",
        [InputRequired("Please give a day and an hour.")],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    zone = zone_field("Time zone", default="UTC")
    moment: datetime

    def validate_at(self, field: MomentField) -> None:
        """An hour that the clocks skip comes after the gap, one that they repeat the first time."""
        if field.data and not self.zone.errors:
            try:
                self.moment = checked(local_time.moment_of(field.data.date(), field.data.time(), self.zone.data))
            except (OverflowError, ValueError) as problem:
                raise ValidationError(str(problem)) from None


@page.get("")
@editors_only
def edit(edition_id: int) -> str | Response:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        zone = edition.zone or _latest_zone(tx, edition)
    if not edition.is_draft:
        return too_late(edition_id)
    at = edition.due_at.astimezone(local_time.zone(zone)) if edition.due_at and zone else None
    form = ScheduleForm(formdata=None, data={"at": at, "zone": zone or "UTC"})
    return render_template("schedules/edit.html", edition=edition, form=form)


@page.post("")
@editors_only
def update(edition_id: int) -> Response | tuple[str, int]:
    form = ScheduleForm()
    form.zone.validate(form)  # the moment depends on it
    is_valid = form.validate()
    with transaction() as tx:
        edition = whole(tx, edition_id)
        scheduled = is_valid and edition.schedule(tx, form.moment, form.zone.data, visitor.user.id)
        if scheduled:
            audit(tx, "scheduled", edition)
    if not is_valid:
        return render_template("schedules/edit.html", edition=edition, form=form), 422
    if not scheduled:
        return too_late(edition_id)
    soon(publish_scheduled.later, edition_id)
    return redirect(url_for("editions.show", edition_id=edition_id))


@page.post("/cancellation")
@editors_only
def destroy(edition_id: int) -> Response:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        unscheduled = edition.unschedule(tx)
        if unscheduled:
            audit(tx, "unscheduled", edition)
    flash("It is not scheduled any more." if unscheduled else "It is not scheduled.")
    return redirect(url_for("editions.show", edition_id=edition_id))


def checked(moment: datetime) -> datetime:
    """A moment with its zone, in UTC. Raises `ValueError` in a sentence."""
    if moment <= clock.now():
        raise ValueError("That moment has passed: choose a later one, or publish it now.")
    if moment > clock.now() + FARTHEST:
        raise ValueError(f"Please choose a moment within {FARTHEST.days} days.")
    return moment.astimezone(UTC)


def _latest_zone(tx: Session, edition: Edition) -> str:
    """The one in which this newsletter was scheduled last."""
    others = select(Edition.zone).filter_by(publication_id=edition.publication_id)
    return tx.scalar(others.where(Edition.zone != "").order_by(Edition.id.desc()).limit(1)) or ""
