"""A picture of a letter, as a mail program or a browser fetches it: for whoever has its address, for ever the same."""

from flask import Blueprint, Response, abort, request

from models.db import transaction
from models.image import Image
from web.visitor import public

page = Blueprint("pictures", __name__, url_prefix="/pictures")

KEPT = "public, max-age=31536000, immutable"


@page.get("/<file>")
@public
def show(file: str) -> Response:
    """No cookie is read or set, and no transaction is open while somebody slow takes it."""
    with transaction() as tx:
        image = Image.named(tx, file) or abort(404)
    about = {"Cache-Control": KEPT, "Content-Length": str(image.size), "Cross-Origin-Resource-Policy": "cross-origin"}
    response = Response(image.stream(), content_type=image.kind, headers=about)
    response.set_etag(image.digest)
    response.make_conditional(request)
    return response
