"""One person: all that is known of them, what they were sent, what they did; put right, left out, taken away."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer
from wtforms import Field, StringField
from wtforms.validators import Length, Regexp, ValidationError

from jobs.erasures import erase as erase_it
from models import directory
from models.contact import Contact
from models.db import transaction
from models.directory import Directory
from models.dossier import Dossier
from models.erasure import Erasure
from models.storable import is_storable
from models.subscription import Subscription
from web import bulk_changes, exports, portrait
from web.again import again
from web.audit import audit
from web.fields import ParagraphsField, one_line, zone_field
from web.listing import Listing, Sort, by_number, ticked
from web.soon import soon
from web.sure import sure
from web.visitor import by_visitor, editors_only, here, managers_only, ours, visitor

page = Blueprint("contacts", __name__)

LARGEST = 10_000  # characters of attributes
EVERYTHING = 100_000  # deliveries and mails in a file
SORTS = {
    **by_number(Contact.id),
    "address": Sort("by address", (Contact.email,)),
}
OF_SOME = {"address": SORTS["address"]}  # addresses with one beginning stand together in this order, and in no other


class ContactForm(FlaskForm):
    name = StringField("Name", [Length(max=200, message="Please use at most 200 characters.")], filters=[one_line])
    locale = StringField(
        "Language", [Regexp(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", message="Please write it as en or pt-BR.")],
        filters=[one_line],
    )  # fmt: skip
    zone = zone_field()
    tags = StringField("Tags", filters=[one_line], description="With commas between them.")
    attributes = ParagraphsField("Attributes", description='A JSON object: {"plan": "pro", "seats": 3}')
    note = ParagraphsField("Note", description="For colleagues. It is never sent.")
    known: dict[str, Any]

    def validate_attributes(self, field: Field) -> None:
        if len(field.data) > LARGEST:
            raise ValidationError(f"Please use at most {LARGEST:,} characters.")
        try:
            self.known = json.loads(field.data.strip() or "{}")
            is_kept = is_storable(self.known)
        except (ValueError, RecursionError) as problem:
            raise ValidationError(f"That is no JSON: {problem}") from None
        if not is_kept:
            raise ValidationError("It has a character or a number that cannot be kept.")
        if not isinstance(self.known, dict):
            raise ValidationError("That is no JSON object: it begins with { and ends with }.")

    def validate_tags(self, field: Field) -> None:
        if any(len(tag) > 80 for tag in self.words):
            raise ValidationError("Please use at most 80 characters for a tag.")

    @property
    def words(self) -> list[str]:
        return sorted({word for tag in self.tags.data.split(",") if (word := tag.strip())})

    def learn(self, contact: Contact) -> None:
        contact.name, contact.locale, contact.zone = self.name.data, self.locale.data, self.zone.data
        contact.tags, contact.attributes, contact.note = self.words, self.known, self.note.data.strip()


@page.get("/contacts")
@editors_only
def index() -> str:
    wanted = _wanted(request.args)
    with transaction() as tx:
        found: Listing[Contact] = Listing.of(tx, wanted.found, OF_SOME if wanted.beginning else SORTS)
    return render_template("contacts/index.html", found=found, wanted=wanted)


@page.post("/contacts")
@editors_only
def change() -> Answer | tuple[str, int]:
    """Tags those who are ticked; everybody who was found after it has been asked once more."""
    wanted = _wanted(request.form)
    if wrong := bulk_changes.wrong_tag():
        return wrong
    if request.form.get("whom") == "all":
        return redirect(bulk_changes.asking("contacts", **wanted.told))
    with transaction() as tx:
        flash(_do(tx, wanted.ids(tx, ticked())))
    return redirect(url_for("contacts.index", **wanted.told))


@page.post("/contacts/exports")
@editors_only
def export_all() -> Answer:
    """Everybody, or those who are looked for."""
    about, form = {"wanted": _wanted(request.args).told}, exports.wanted_form()
    return exports.led(exports.asked("contacts", about, "Contacts", form, visitor.user.id))


@page.get("/contacts/<id:contact_id>")
@editors_only
def show(contact_id: int) -> str:
    with transaction() as tx:
        dossier = Dossier.of(tx, ours(tx, Contact, contact_id))
    return _shown(dossier, _filled(dossier.contact))


@page.post("/contacts/<id:contact_id>")
@editors_only
def update(contact_id: int) -> Answer | tuple[str, int]:
    form = ContactForm()
    is_valid = form.validate()
    with transaction() as tx:
        contact = ours(tx, Contact, contact_id)
        if is_valid:
            form.learn(contact)
            audit(tx, "changed", contact)
        dossier = Dossier.of(tx, contact)
    if not is_valid:
        return _shown(dossier, form), 422
    flash("Saved.")
    return redirect(url_for("contacts.show", contact_id=contact_id))


@page.get("/contacts/<id:contact_id>.json")
@editors_only
def export(contact_id: int) -> Response:
    """What is known of one person, for them to keep."""
    with transaction() as tx:
        told = portrait.of(Dossier.of(tx, ours(tx, Contact, contact_id), EVERYTHING))
    named = {"Content-Disposition": f'attachment; filename="contact-{contact_id}.json"'}
    return Response(json.dumps(told, indent=2, ensure_ascii=False), mimetype="application/json", headers=named)


@page.post("/subscriptions/<id:subscription_id>/end")
@editors_only
@sure("Unsubscribe them?", "They get no edition any more. Only they themselves can subscribe again.")
def end(subscription_id: int) -> Answer:
    """Unsubscribes somebody who asked for it in another way."""
    with transaction() as tx:
        subscription = ours(tx, Subscription, subscription_id)
        subscription.leave(tx, by_visitor())
        audit(tx, "ended", subscription)
    flash("Unsubscribed.")
    return redirect(url_for("contacts.show", contact_id=subscription.contact_id))


@page.post("/contacts/<id:contact_id>/erasure")
@managers_only
def erase(contact_id: int) -> Answer | tuple[str, int]:
    """For good: nobody can take it back."""
    with transaction() as tx:
        contact = ours(tx, Contact, contact_id)
        if one_line(request.form.get("email")).lower() != contact.email:
            problem = f"Please type {contact.email}: nothing was erased."
            return again("email", "Type the address", problem, title="Erase this person")
        ids = Erasure.begin(tx, contact, by_visitor("erased"))
        audit(tx, "erased", contact, "everything about them")
    soon(erase_it.later_each, ids)
    flash("Erased.")
    return redirect(url_for("contacts.show", contact_id=contact_id))


def _wanted(given: Mapping[str, str]) -> Directory:
    return Directory(here(), one_line(given.get("tag")), one_line(given.get("beginning")))


def _do(tx: Session, ids: Sequence[int]) -> str:
    word = one_line(request.form.get("word"))[:80]
    if not ids:
        return "Nobody was ticked."
    if request.form.get("do") == "untag":
        done = f"“{word}” taken from {len(directory.untag(tx, ids, word)):,}."
    else:
        done = f"{len(directory.tag(tx, ids, word)):,} tagged “{word}”."
    audit(tx, "changed", "contact", done)
    return done


def _filled(contact: Contact) -> ContactForm:
    attributes = json.dumps(contact.attributes, indent=2, ensure_ascii=False) if contact.attributes else ""
    plain = {"name": contact.name, "locale": contact.locale, "zone": contact.zone, "note": contact.note}
    return ContactForm(formdata=None, **plain, tags=", ".join(contact.tags), attributes=attributes)


def _shown(dossier: Dossier, form: ContactForm) -> str:
    return render_template("contacts/show.html", dossier=dossier, contact=dossier.contact, form=form)
