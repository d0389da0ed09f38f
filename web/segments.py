"""Segments: written with a live count, looked at, saved by a name, archived."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.validators import DataRequired, ValidationError

from models.db import transaction
from models.segments import pinning
from models.segments.conditions import All
from models.segments.misread import Misread
from models.segments.parsing import parse
from models.segments.segment import Segment
from models.segments.words import words
from models.segments.written import written
from web import listing, segment_rows
from web.audit import audit
from web.fields import LineField, ParagraphsField
from web.listing import Listing, by_name, called
from web.segment_people import Found
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("segments", __name__)


class SegmentForm(FlaskForm):
    name = LineField("Name", longest=80)
    query = ParagraphsField("Who is meant", validators=[DataRequired("Please say who is meant.")])
    taken: str | None = None  # the name that another segment has
    misread: Misread | None = None

    def validate_name(self, field: LineField) -> None:
        if field.data == self.taken:
            raise ValidationError("There is a segment of that name already, or there was: see the archived ones.")

    def validate_query(self, field: ParagraphsField) -> None:
        if self.misread:
            raise ValidationError(str(self.misread))


@page.get("/segments")
@editors_only
def index() -> str:
    """Those in use, or `?away=yes` those that are archived. How many people each finds is counted on its own page."""
    away = request.args.get("away") == "yes"
    every = called(select(Segment).where(Segment.workspace_id == here()), Segment.name)
    every = every.where(Segment.archived_at.is_not(None) if away else Segment.archived_at.is_(None))
    with transaction() as tx:
        found: Listing[Segment] = Listing.of(tx, every, by_name(Segment))
        said = {each.id: parse(each.query) for each in found.rows}
        names = pinning.names(tx, here(), All(tuple(said.values())))
    meant = {number: words(condition, names) for number, condition in said.items()}
    wanted = {name: word for name, word in (("words", listing.words()), ("away", "yes" if away else "")) if word}
    return render_template("segments/index.html", found=found, meant=meant, wanted=wanted)


@page.get("/segments/preview")
@editors_only
def preview() -> str | Response:
    """`?q=` is a segment's text; rows of the builder beside it are added to it first."""
    query, added = request.args.get("q", ""), segment_rows.text(request.args)
    if added:
        return redirect(url_for("segments.preview", q=segment_rows.joined(query, added, request.args)))
    return _workshop(SegmentForm(formdata=None, data={"query": query}), 200)[0]


@page.post("/segments")
@editors_only
def create() -> Response | tuple[str, int]:
    form, segment = SegmentForm(), Segment(workspace_id=here(), user_id=visitor.user.id)
    with transaction() as tx:
        saved = _saved(tx, segment, form)
    return _shown_at(segment) if saved else _workshop(form, 422)


@page.get("/segments/<id:segment_id>")
@editors_only
def show(segment_id: int) -> str:
    with transaction() as tx:
        segment = ours(tx, Segment, segment_id)
        found = Found.of(tx, segment.query, paged=True)
    return render_template("segments/show.html", segment=segment, found=found)


@page.get("/segments/<id:segment_id>/edit")
@editors_only
def edit(segment_id: int) -> str:
    with transaction() as tx:
        segment = ours(tx, Segment, segment_id)
    return render_template("segments/edit.html", segment=segment, form=SegmentForm(obj=segment))


@page.post("/segments/<id:segment_id>")
@editors_only
def update(segment_id: int) -> Response | tuple[str, int]:
    form = SegmentForm()
    with transaction() as tx:
        segment = ours(tx, Segment, segment_id)
        saved = _saved(tx, segment, form)
    if not saved:
        return render_template("segments/edit.html", segment=segment, form=form), 422
    flash("Saved.")
    return _shown_at(segment)


@page.post("/segments/<id:segment_id>/archive")
@editors_only
def archive(segment_id: int) -> Response:
    with transaction() as tx:
        segment = ours(tx, Segment, segment_id)
        segment.archive()
        audit(tx, "archived", segment)
    flash("Archived. Editions that name it go on as before.")
    return redirect(url_for("segments.index"))


@page.post("/segments/<id:segment_id>/restoration")
@editors_only
def restore(segment_id: int) -> Response:
    with transaction() as tx:
        segment = ours(tx, Segment, segment_id)
        segment.restore()
        audit(tx, "restored", segment)
    return _shown_at(segment)


def _workshop(form: SegmentForm, status: int) -> tuple[str, int]:
    query = form.query.data or ""
    with transaction() as tx:
        found = Found.of(tx, query) if query.strip() else None
    about = {"form": form, "query": query, "found": found, "choices": segment_rows.CHOICES}
    return render_template("segments/preview.html", **about), status


def _saved(tx: Session, segment: Segment, form: SegmentForm) -> bool:
    """As the form has it; False, and nothing changes, when that is not valid."""
    others = select(Segment.name).filter_by(workspace_id=here(), name=form.name.data)
    form.taken = tx.scalar(others.where(Segment.id != (segment.id or 0)))
    try:
        query = written(pinning.read_alone(tx, here(), form.query.data or ""))
    except Misread as problem:
        form.misread = problem
    if not form.validate():
        return False
    act = "changed" if segment.id else "made"
    segment.name, segment.query = form.name.data, query
    tx.add(segment)
    tx.flush()
    audit(tx, act, segment)
    return True


def _shown_at(segment: Segment) -> Response:
    return redirect(url_for("segments.show", segment_id=segment.id))
