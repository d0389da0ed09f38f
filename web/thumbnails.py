"""A picture of the library, small: what lists of pictures show."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from models.db import transaction
from models.image import Image
from web.visitor import editors_only, ours

page = Blueprint("thumbnails", __name__, url_prefix="/images")

KEPT = "private, max-age=31536000, immutable"


@page.get("/<id:image_id>/thumbnail")
@editors_only
def show(image_id: int) -> Response:
    """A WebP; where there is none, the picture itself."""
    with transaction() as tx:
        image = ours(tx, Image, image_id)
        small = image.thumbnail
    if not small:
        return redirect(url_for("pictures.show", file=image.file))
    return Response(small, content_type="image/webp", headers={"Cache-Control": KEPT})
