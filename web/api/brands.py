"""How a newsletter's mails look, by key."""

from typing import Any

from flask import Blueprint, Response, jsonify
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from models.api_key import Scope
from models.brand import Brand, Font
from models.db import transaction
from models.publication import Publication
from web.api import bodies
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import TEXT, record, text, word
from web.audit import audit
from web.brands import BrandForm
from web.visitor import ours

page = Blueprint("brands_api", __name__, url_prefix="/publications/<id:publication_id>/brand")

FIELDS = {
    "accent": text(7, least=7),
    "ground": text(7, least=7),
    "font": word(*Font),
    "logo": text(500),
    "footer": text(5_000),
    "address": text(500),
}
BRAND = record(**FIELDS | dict.fromkeys(("logo", "footer", "address"), TEXT))


@page.get("")
@needs(Scope.PUBLICATIONS_READ)
@tells(BRAND)
def show(publication_id: int) -> Response:
    """Its colours, its type, its logo, and what stands at the end of its mails."""
    with transaction() as tx:
        return jsonify(Brand.of(ours(tx, Publication, publication_id).brand)._asdict())


@page.put("")
@needs(Scope.PUBLICATIONS_WRITE)
@tells(BRAND, takes=FIELDS)
def replace(publication_id: int) -> Response:
    """Drafts look like this from now on; what is left out is as everybody's.

    Colours are `#rrggbb`: `accent` of links and buttons, `ground` around the letter. `logo` is the https address of an
    image, `footer` is Markdown, `address` the postal address.
    """
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        publication.brand = _checked(bodies.fields()).kept()
        audit(tx, "changed the design of", publication)
        return jsonify(Brand.of(publication.brand)._asdict())


def _checked(given: dict[str, Any]) -> Brand:
    """As the page checks it. Raises 422."""
    form = BrandForm(formdata=MultiDict(Brand(**given)._asdict()), meta={"csrf": False})
    if not form.validate():
        raise UnprocessableEntity(" ".join(f"{name}: {problems[0]}" for name, problems in form.errors.items()))
    return form.brand
