"""The keys that programs hold: made, shown once, revoked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput

from models.api_key import ApiKey, Scope
from models.db import transaction
from web.audit import audit
from web.fields import LineField
from web.sure import sure
from web.visitor import managers_only, ours, visitor

page = Blueprint("api_keys", __name__, url_prefix="/settings/api-keys")

MEANING = {
    Scope.PUBLICATIONS_READ: "see newsletters, and how many subscribe",
    Scope.PUBLICATIONS_WRITE: "make newsletters, change, pause and resume them",
    Scope.EDITIONS_READ: "read editions, and how far they have come",
    Scope.EDITIONS_WRITE: "write editions, and say who may read them in the archive",
    Scope.EDITIONS_SEND: "send editions, pause, resume and cancel them",
    Scope.DELIVERIES_READ: "take away who got what: everybody's addresses are in it",
    Scope.IMPORTS: "import files of people, and read what became of each row",
    Scope.CONTACTS_READ: "read who is known, and who is in a segment: addresses, tags and attributes",
    Scope.SEGMENTS_WRITE: "make segments",
    Scope.LISTS_READ: "see lists and everybody on them",
    Scope.LISTS_WRITE: "make lists, put people on them and take them off",
    Scope.SUBSCRIBERS_READ: "see who subscribes: addresses, tags, attributes and consent",
    Scope.SUBSCRIBERS_WRITE: "sign people up for newsletters, change what is known of them, unsubscribe them",
}


class ScopesField(SelectMultipleField):
    option_widget = CheckboxInput()


class ApiKeyForm(FlaskForm):
    name = LineField("Name", longest=80, description="The program that will hold it, so that you know what to revoke.")
    scopes = ScopesField(
        "What it may do",
        [DataRequired("Please tick at least one.")],
        choices=[SelectChoice(scope.value, meaning) for scope, meaning in MEANING.items()],
    )


@page.get("")
@managers_only
def index() -> str:
    return _shown(ApiKeyForm())


@page.post("")
@managers_only
def create() -> tuple[str, int]:
    """The answer shows the key, and no redirect follows: it must not be kept anywhere, not even in a cookie."""
    form = ApiKeyForm()
    if not form.validate():
        return _shown(form), 422
    with transaction() as tx:
        fresh = ApiKey.issue(tx, visitor.workspace.id, form.name.data, form.scopes.data)
        audit(tx, "made", "api key", form.name.data)
    return _shown(ApiKeyForm(formdata=None), fresh), 201


@page.post("/<id:key_id>/revocation")
@managers_only
@sure("Revoke this key?", "Programs that use it are refused from then on. It cannot be made valid again.")
def revoke(key_id: int) -> Response:
    with transaction() as tx:
        key = ours(tx, ApiKey, key_id)
        if key.revoke(tx):
            audit(tx, "revoked", key)
    flash(f"{key.name} is revoked: from now on it opens nothing.")
    return redirect(url_for("api_keys.index"))


def _shown(form: ApiKeyForm, fresh: str = "") -> str:
    with transaction() as tx:
        keys = ApiKey.of(tx, visitor.workspace.id)
    return render_template("api_keys/index.html", form=form, keys=keys, fresh=fresh)
