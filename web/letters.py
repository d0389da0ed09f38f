"""What readers of newsletters answered, for whoever writes them: read, and passed on."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, load_only
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from jobs.deliveries import nudge
from models.attachment import Attachment
from models.contact import Contact
from models.db import by_id, transaction
from models.delivery import Addressee, Delivery
from models.edition import Edition
from models.forwarding import MOST_AN_HOUR, Forwarding
from models.inbound_email import InboundEmail, Kind
from models.ledger import number_of
from models.storable import clean
from models.user import normal
from web.fields import LineField, is_address, one_line
from web.listing import Listing, by_number
from web.soon import soon
from web.visitor import editors_only, visitor

page = Blueprint("letters", __name__, url_prefix="/letters")

OFTEN = f"At most {MOST_AN_HOUR} letters are passed on in an hour."
LONGEST = 200  # characters of what is looked for


class ForwardingForm(FlaskForm):
    recipient = LineField("To", is_address, longest=320, render_kw={"type": "email"})
    note = TextAreaField("A note from you", filters=[lambda text: clean(text or "")[:2_000]])


@page.get("")
@editors_only
def index() -> str:
    wanted = _wanted()
    with transaction() as tx:
        found: Listing[InboundEmail] = Listing.of(tx, _like(wanted), by_number(InboundEmail.id))
        editions = _editions(tx, found)
        edition = Edition.of(tx, visitor.workspace.id, wanted["edition"]) if "edition" in wanted else None
    return render_template("letters/index.html", found=found, editions=editions, edition=edition, wanted=wanted)


@page.get("/<id:email_id>")
@editors_only
def show(email_id: int) -> str:
    return _page(email_id, ForwardingForm())


@page.post("/<id:email_id>/forwardings")
@editors_only
def forward(email_id: int) -> Response | tuple[str, int]:
    form = ForwardingForm()
    is_valid = form.validate()
    with transaction() as tx:
        letter = _one(tx, email_id)
        goes = is_valid and Forwarding.may_go(tx, visitor.workspace.id)
        ids = _pass_on(tx, letter, form) if goes else []
    if not goes:
        form.recipient.errors = form.recipient.errors or [OFTEN]
        return _page(email_id, form), 422
    soon(nudge, "forwarding", ids)
    flash(f"It is on its way to {form.recipient.data}.")
    return redirect(url_for("letters.show", email_id=email_id))


def _page(email_id: int, form: ForwardingForm) -> str:
    with transaction() as tx:
        letter = _one(tx, email_id)
        edition = tx.get(Edition, letter.edition_id)
        reader = tx.scalar(select(Contact).filter_by(workspace_id=visitor.workspace.id, email=letter.sender))
        passed = tx.scalars(select(Forwarding).filter_by(inbound_email_id=letter.id).order_by(Forwarding.id)).all()
        files = Attachment.listed(tx, letter.id)
    about = {"edition": edition, "reader": reader, "passed": passed, "files": files}
    return render_template("letters/show.html", letter=letter, form=form, **about)


def _pass_on(tx: Session, letter: InboundEmail, form: ForwardingForm) -> list[int]:
    passed = Forwarding(
        workspace_id=visitor.workspace.id,
        inbound_email_id=letter.id,
        user_id=visitor.user.id,
        recipient=normal(form.recipient.data),
        note=form.note.data,
    )
    tx.add(passed)
    tx.flush()
    return Delivery.address(tx, "forwarding", [Addressee(passed.workspace_id, passed.id, passed.recipient)])


def _ours() -> Select[Any]:
    ours = select(InboundEmail).filter_by(workspace_id=visitor.workspace.id, kind=Kind.LETTER)
    return ours.where(InboundEmail.edition_id.is_not(None))


def _wanted() -> dict[str, Any]:
    """Which the address asks for: `words` of the sender or the subject, and the number of an `edition`."""
    words, edition = one_line(request.args.get("words"))[:LONGEST], number_of(request.args.get("edition", ""))
    return ({"words": words} if words else {}) | ({"edition": edition} if edition else {})


def _like(wanted: Mapping[str, Any]) -> Select[Any]:
    found = _ours().filter_by(edition_id=wanted["edition"]) if "edition" in wanted else _ours()
    line = InboundEmail.sender + " " + InboundEmail.subject
    return found.where(line.icontains(wanted["words"], autoescape=True)) if "words" in wanted else found


def _one(tx: Session, email_id: int) -> InboundEmail:
    return tx.scalar(_ours().where(InboundEmail.id == email_id)) or abort(404)


def _editions(tx: Session, found: Listing[InboundEmail]) -> dict[int, Edition]:
    wanted = {letter.edition_id for letter in found.rows}
    return by_id(tx, Edition, wanted, load_only(Edition.subject))
