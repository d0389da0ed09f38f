"""Tests: an edition sent to a few, to see it in an inbox."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import ValidationError

from emails.writing import drafts
from jobs.deliveries import nudge
from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.revision import Revision
from models.trial import MOST, TooMany, Trial
from models.user import InvalidAddress, normal
from web.audit import audit
from web.editions import whole
from web.fields import ParagraphsField, one_line
from web.soon import soon
from web.visitor import editors_only, visitor

page = Blueprint("trials", __name__, url_prefix="/editions/<id:edition_id>/tests")


class TrialForm(FlaskForm):
    to = ParagraphsField("To", description=f"Addresses, one a line, at most {MOST}.")
    reader = StringField(
        "As this reader would get it",
        filters=[one_line],
        description="Somebody's address: the test has their name and what you know of them. They get nothing.",
    )
    contact_id: int | None = None

    def validate_to(self, field: ParagraphsField) -> None:
        try:
            self.addresses = addressees(field.data.replace(",", "\n").split("\n"))
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def find(self, tx: Session, workspace_id: int) -> bool:
        """Whether whoever is to be shown is known here."""
        self.contact_id = known(tx, workspace_id, self.reader.data) if self.reader.data else None
        if self.reader.data and self.contact_id is None:
            self.reader.errors = ["Nobody here has this address."]
        return not self.reader.errors


@page.get("/new")
@editors_only
def new(edition_id: int) -> str:
    with transaction() as tx:
        edition = whole(tx, edition_id)
    return render_template("trials/new.html", edition=edition, form=TrialForm(to=visitor.user.email))


@page.post("")
@editors_only
def create(edition_id: int) -> Response | tuple[str, int]:
    form = TrialForm()
    is_valid, ids = form.validate(), []
    with transaction() as tx:
        edition = whole(tx, edition_id)
        if is_valid and form.find(tx, edition.workspace_id):
            try:
                ids = sent(tx, edition, form.addresses, form.contact_id, visitor.user.id)
            except ValueError as problem:
                form.to.errors = [str(problem)]
    if form.errors:
        return render_template("trials/new.html", edition=edition, form=form), 422
    soon(nudge, "trial", ids)
    flash(f"A test is on its way to {', '.join(form.addresses)}.")
    return redirect(url_for("editions.show", edition_id=edition_id))


def sent(tx: Session, edition: Edition, to: list[str], contact_id: int | None, user_id: int | None) -> list[int]:
    """The deliveries to be nudged. Raises `TooMany`, and `Unwritable` for what makes no letter."""
    drafts.standing(edition, Revision.latest(tx, edition))
    audit(tx, "sent a test of", edition)
    return Trial.send(tx, edition, to, user_id=user_id, contact_id=contact_id)


def addressees(lines: list[str]) -> list[str]:
    """Each address once. Raises `ValueError` in a sentence, for none as well."""
    try:
        found = sorted({normal(line) for line in lines if line.strip()})
    except InvalidAddress as problem:
        raise ValueError(str(problem)) from None
    if not found:
        raise ValueError("Please give at least one address.")
    if len(found) > MOST:
        raise TooMany(f"Please give at most {MOST} addresses.")
    return found


def known(tx: Session, workspace_id: int, address: str) -> int | None:
    """The contact of that address."""
    return tx.scalar(select(Contact.id).filter_by(workspace_id=workspace_id, email=address.lower()))
