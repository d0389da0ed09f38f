"""For whom an edition is meant, and who gets it and who does not, and why, before it is sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.lists.list import List
from models.reach import Reach, Why
from models.segments import pinning
from models.segments.misread import Misread
from models.segments.segment import Segment
from models.segments.words import words
from models.segments.written import written
from web.editions import whole
from web.fields import ParagraphsField
from web.listing import Listing, Sort, by_number
from web.visitor import editors_only, here

page = Blueprint("audiences", __name__)

SORTS = {**by_number(Contact.id), "address": Sort("by address", (Contact.email,))}


class AudienceForm(FlaskForm):
    meant_for = ParagraphsField(
        "Of the subscribers, only those for whom this holds",
        description="Empty: all of them. Leave some out with not, as in: in segment 1 and not on list 2.",
    )
    sign = SelectField("And only those who are", choices=[("", "in or on"), ("not ", "not in or on")], default="")
    group = SelectField("A segment or a list", choices=[], default="")
    misread: Misread | None = None

    def offer(self, segments: list[Segment], lists: list[List]) -> None:
        chosen = [(f"in segment {each.id}", f"the segment {each.name}") for each in segments]
        chosen += [(f"on list {each.id}", f"the list {each.name} ({each.members:,})") for each in lists]
        self.group.choices = [SelectChoice(*each) for each in [("", "–"), *chosen]]

    def validate_meant_for(self, field: ParagraphsField) -> None:
        if self.misread:
            raise ValidationError(str(self.misread))

    @property
    def text(self) -> str:
        """What is written, and what is chosen beside it."""
        typed, group = (self.meant_for.data or "").strip(), self.group.data or ""
        chosen = f"{self.sign.data}{group}" if group else ""
        return f"({typed}) and {chosen}" if typed and chosen and not self.misread else typed or chosen


@page.get("/editions/<id:edition_id>/audience")
@editors_only
def show(edition_id: int) -> str:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        form = AudienceForm(obj=edition)
        _offer(tx, form)
        return _shown(tx, edition, form)


@page.post("/editions/<id:edition_id>/audience")
@editors_only
def update(edition_id: int) -> Response | tuple[str, int]:
    form = AudienceForm()
    with transaction() as tx:
        edition = whole(tx, edition_id)
        _offer(tx, form)
        query = _read(tx, form)
        if not form.validate():
            return _shown(tx, edition, form), 422
        meant = edition.mean(tx, query)
    flash("Saved." if meant else "It has been published: whom it is for cannot be changed any more.")
    return redirect(url_for("audiences.show", edition_id=edition_id))


def _offer(tx: Session, form: AudienceForm) -> None:
    form.offer(Segment.of(tx, here()), List.choices(tx, here()))


def _read(tx: Session, form: AudienceForm) -> str:
    """What is written must make sense by itself, so that a place in it is the place that the writer sees."""
    try:
        for text in ((form.meant_for.data or "").strip(), form.text):
            query = written(pinning.read(tx, here(), text)) if text else ""
    except Misread as problem:
        form.misread = problem
    return "" if form.misread else query


def _shown(tx: Session, edition: Edition, form: AudienceForm) -> str:
    reach = Reach.of(tx, edition)
    why = _why()
    condition = pinning.parse(edition.meant_for or "everybody")
    about = {
        "edition": edition,
        "form": form,
        "counts": reach.counts(tx),
        "words": words(condition, pinning.names(tx, here(), condition)),
        "why": why,
        "found": Listing.of(tx, reach.found(why), SORTS) if why else None,
    }
    return render_template("audiences/show.html", **about)


def _why() -> Why | None:
    wanted = request.args.get("why", "")
    return Why(wanted) if wanted in list(Why) else None
