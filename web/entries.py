"""What was said, put right by whoever said it: other words, another day, ticked, resolved, deleted, put back."""

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextArea

from emails.saying import tell_named
from jobs.deliveries import nudge
from models import clock, local_time, tending
from models.db import transaction
from models.entry import OUTCOMES, Entry, Kind, Outcome
from models.notice import Notice
from models.team_member import TeamMember
from web.fields import DayField, LineField
from web.soon import soon
from web.visitor import members_only, ours, visitor

page = Blueprint("entries", __name__, url_prefix="/entries/<id:entry_id>")

LONGEST = 5_000  # characters
BACK = timedelta(days=366)  # how far somebody may move what they said
SAID = {Outcome.DONE: "Ticked.", Outcome.DROPPED: "Dropped.", Outcome.RESOLVED: "Resolved."}


class EntryForm(FlaskForm):
    body = LineField("What you said", longest=LONGEST, widget=TextArea(), render_kw={"rows": 3})
    kind = RadioField(
        "It is",
        choices=[
            SelectChoice(Kind.DONE, "something done"),
            SelectChoice(Kind.GOAL, "a goal"),
            SelectChoice(Kind.BLOCKER, "something that blocks you"),
        ],
    )
    local_date = DayField("Day", description="Moved to another day, it stands there for everybody.")
    today: date

    def validate_local_date(self, field: DayField) -> None:
        if not self.today - BACK <= (field.data or date.min) <= self.today:
            raise ValidationError("Please choose a day of the past year, or today.")


@page.get("/edit")
@members_only
def edit(entry_id: int) -> str:
    with transaction() as tx:
        entry, _ = _own(tx, entry_id)
    return _shown(entry, EntryForm(obj=entry))


@page.post("")
@members_only
def update(entry_id: int) -> Response | tuple[str, int]:
    form = EntryForm()
    with transaction() as tx:
        entry, member = _own(tx, entry_id)
        form.today = _today(member)
        if not form.validate():
            return _shown(entry, form), 422
        entry.edit(Kind(form.kind.data), form.body.data or "")
        tending.move(tx, entry, member, form.local_date.data)
        mails = tell_named(tx, [entry])
    soon(nudge, "notice", mails)
    flash("Saved.")
    return _back(entry)


@page.post("/closing")
@members_only
def close(entry_id: int) -> Response:
    """With `outcome`: done, dropped or resolved. Managers resolve what blocks others, too."""
    with transaction() as tx:
        entry, member = _own(tx, entry_id, managers=request.form.get("outcome") == Outcome.RESOLVED)
        outcome = _asked(Kind(entry.kind))
        closed = _close(tx, entry, member, outcome)
    flash(SAID[outcome] if closed else "It is not open any more.")
    return _back(entry)


@page.post("/reopening")
@members_only
def reopen(entry_id: int) -> Response:
    with transaction() as tx:
        entry, _ = _own(tx, entry_id, managers=True)
        tending.reopen(tx, entry)
    flash("It is open again.")
    return _back(entry)


@page.post("/deletion")
@members_only
def delete(entry_id: int) -> Response:
    """Managers may, too: what should never have been said."""
    with transaction() as tx:
        entry, _ = _own(tx, entry_id, managers=True)
        tending.delete(tx, entry)
        Notice.forget(tx, entry_id=entry.id)
    flash("Deleted. You find it below, to be put back." if entry.user_id == visitor.user.id else "Deleted.")
    return redirect(url_for("teams.show", team_id=entry.team_id, day=entry.local_date.isoformat()))


@page.post("/restoration")
@members_only
def restore(entry_id: int) -> Response:
    with transaction() as tx:
        entry, _ = _own(tx, entry_id, deleted=True)
        tending.restore(tx, entry)
        mails = tell_named(tx, [entry])
    soon(nudge, "notice", mails)
    flash("It is there again.")
    return _back(entry)


def _own(tx: Session, entry_id: int, *, managers: bool = False, deleted: bool = False) -> tuple[Entry, TeamMember]:
    """The entry and its author's seat, for its author while they are in the team; for `managers` where they may."""
    entry = ours(tx, Entry, entry_id)
    tx.refresh(entry, with_for_update=True)
    seat = tx.scalar(select(TeamMember).filter_by(team_id=entry.team_id, user_id=entry.user_id))
    mine = entry.user_id == visitor.user.id and seat is not None and seat.left_at is None
    may = (mine or (managers and visitor.manages)) and (deleted or entry.deleted_at is None)
    return (entry, seat) if may and seat else abort(404)


def _asked(kind: Kind) -> Outcome:
    return next((o for o in OUTCOMES.get(kind, ()) if o == request.form.get("outcome")), None) or abort(404)


def _close(tx: Session, entry: Entry, member: TeamMember, outcome: Outcome) -> bool:
    if outcome == Outcome.DONE:
        return tending.tick(tx, entry, member, _today(member)) is not None
    return tending.close(tx, entry, outcome, _today(member))


def _today(member: TeamMember) -> date:
    return local_time.local_day(clock.now(), member.zone)


def _back(entry: Entry) -> Response:
    """To where its author came from: Home, Today, or its day."""
    came_from = request.form.get("back", "")
    if came_from in ("home", "today"):
        return redirect(url_for(f"{came_from}.show"))
    day = url_for("teams.show", team_id=entry.team_id, day=entry.local_date.isoformat())
    return redirect(f"{day}#entry-{entry.id}")


def _shown(entry: Entry, form: EntryForm) -> str:
    return render_template("entries/edit.html", entry=entry, form=form, back=request.values.get("back", ""))
