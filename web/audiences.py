"""For whom an edition is meant, and who gets it and who does not, and why, before it is sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

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
from web.pages import before
from web.side_form import SideForm
from web.visitor import editors_only, here

page = Blueprint("audiences", __name__)

SHOWN = 50


class AudienceForm(SideForm):
    meant_for = ParagraphsField(
        "Of the subscribers, only those for whom this holds",
        description="Empty: all of them. Leave some out with not, as in: in segment 1 and not in segment 2.",
    )
    misread: Misread | None = None

    def validate_meant_for(self, field: ParagraphsField) -> None:
        if self.misread:
            raise ValidationError(str(self.misread))


@page.get("/editions/<id:edition_id>/audience")
@editors_only
def show(edition_id: int) -> str:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        return _shown(tx, edition, AudienceForm(obj=edition, list=str(edition.list_id or "")))


@page.post("/editions/<id:edition_id>/audience")
@editors_only
def update(edition_id: int) -> Response | tuple[str, int]:
    form = AudienceForm()
    with transaction() as tx:
        edition = whole(tx, edition_id)
        query = _read(tx, form)
        form.offer(List.choices(tx, here()))
        if not form.validate():
            return _shown(tx, edition, form), 422
        meant = edition.mean(tx, query) and edition.choose(tx, form.side.data, form.list_id)
    flash("Saved." if meant else "It has been published: whom it is for cannot be changed any more.")
    return redirect(url_for("audiences.show", edition_id=edition_id))


def _read(tx: Session, form: AudienceForm) -> str:
    text = (form.meant_for.data or "").strip()
    try:
        return written(pinning.read(tx, here(), text)) if text else ""
    except Misread as problem:
        form.misread = problem
        return ""


def _shown(tx: Session, edition: Edition, form: AudienceForm) -> str:
    reach = Reach.of(tx, edition)
    form.offer(List.choices(tx, here()))
    why = _why()
    people = reach.page(tx, why, before=before(), size=SHOWN + 1) if why else ()
    condition = pinning.parse(edition.meant_for or "everybody")
    about = {
        "edition": edition,
        "form": form,
        "listed": tx.get(List, edition.list_id) if edition.list_id else None,
        "counts": reach.counts(tx),
        "words": words(condition, pinning.names(tx, here(), condition)),
        "segments": Segment.of(tx, here()),
        "why": why,
        "people": people[:SHOWN],
        "older": people[SHOWN - 1].id if len(people) > SHOWN else None,
    }
    return render_template("audiences/show.html", **about)


def _why() -> Why | None:
    wanted = request.args.get("why", "")
    return Why(wanted) if wanted in list(Why) else None
