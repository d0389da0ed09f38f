"""A newsletter's colours and type as a stylesheet: all that it says stands in its address, so it never changes."""

from flask import Blueprint, Response, abort, render_template, url_for

from emails.writing import colours
from emails.writing.shell import FAMILIES, NIGHT
from models.brand import Brand, Font
from web.visitor import public

page = Blueprint("looks", __name__)


@page.get("/looks/<accent>-<ground>-<font>.css")
@public
def show(accent: str, ground: str, font: str) -> Response:
    brand = Brand(accent=f"#{accent}", ground=f"#{ground}", font=font)
    if font not in list(Font) or not all(map(colours.is_colour, (brand.accent, brand.ground))):
        abort(404)
    sheet = render_template("archives/looks.css", **_values(brand))
    return Response(sheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"})


def looks(brand: Brand) -> str:
    """The stylesheet's address."""
    accent, ground = (colour.removeprefix("#") for colour in (brand.accent, brand.ground))
    return url_for("looks.show", accent=accent, ground=ground, font=brand.font)


def _values(brand: Brand) -> dict[str, str]:
    return {
        "accent": brand.accent,
        "ground": brand.ground,
        "ground_ink": colours.ink_on(brand.ground),
        "button_ink": colours.ink_on(brand.accent),
        "family": FAMILIES[Font(brand.font)],
        "link": colours.readable(brand.accent, "#ffffff"),
        "link_at_night": colours.readable(brand.accent, NIGHT),
    }
