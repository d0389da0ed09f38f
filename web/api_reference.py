"""What programs may do here, to be read by people: the same that `/api/v1/openapi.json` tells programs."""

from itertools import groupby

from flask import Blueprint, render_template

from web.api import openapi
from web.api.shapes import Shape
from web.visitor import public

page = Blueprint("api_reference", __name__, url_prefix="/api-reference")


@page.get("")
@public
def show() -> str:
    every = sorted(openapi.operations(), key=lambda each: (each.noun, each.path, each.method))
    nouns = [(noun, list(group)) for noun, group in groupby(every, key=lambda each: each.noun)]
    return render_template("api_reference/show.html", nouns=nouns, said=said)


def said(shape: Shape) -> str:
    """A shape in words."""
    if "anyOf" in shape:
        return f"{said(shape['anyOf'][0])}, or null"
    if "enum" in shape:
        return " | ".join(word or '""' for word in shape["enum"])
    if shape["type"] == "array":
        return f"list of {said(shape['items'])}"
    kind = shape.get("format", shape["type"])
    return _NAMES.get(kind, str(kind))


_NAMES: dict[str, str] = {
    "string": "text",
    "integer": "number",
    "boolean": "true or false",
    "date-time": "moment, ISO 8601",
}
