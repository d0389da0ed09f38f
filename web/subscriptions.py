"""People who subscribe, pasted in by somebody who has their consent."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.db import transaction
from models.publication import Publication
from web.audit import audit
from web.fields import LineField
from web.people_form import PeopleForm
from web.visitor import by_visitor, editors_only, ours

page = Blueprint("subscriptions", __name__)


class SubscriptionsForm(PeopleForm):
    consent = LineField(
        "How do you know that they want it?",
        longest=500,
        description="Kept with each subscription as proof: who agreed to what, where and when.",
    )


@page.get("/publications/<id:publication_id>/subscriptions/new")
@editors_only
def new(publication_id: int) -> str:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
    return render_template("subscriptions/new.html", publication=publication, form=SubscriptionsForm())


@page.post("/publications/<id:publication_id>/subscriptions")
@editors_only
def create(publication_id: int) -> Response | tuple[str, int]:
    form = SubscriptionsForm()
    is_valid = form.validate()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        people = form.people if is_valid else {}
        added = publication.subscribe(tx, people, consent=form.consent.data, change=by_visitor()) if is_valid else 0
        if added:
            audit(tx, "subscribed people to", publication, f"{publication.name}: {added:,}")
    if not is_valid:
        return render_template("subscriptions/new.html", publication=publication, form=form), 422
    known = len(people) - added
    flash(f"{added:,} added." + (f" {known:,} were here before and stay as they are." if known else ""))
    return redirect(url_for("publications.show", publication_id=publication_id))
