"""What programs send and are told, declared once: for the check, and for the description of the API.

Shapes are JSON Schema (draft 2020-12), of which `problem` knows what is used here.
"""

from collections.abc import Mapping
from typing import Any

from models.storable import is_storable

Shape = Mapping[str, Any]

LARGEST = 2**63 - 1
TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip
SPOKEN = {
    "string": "a text",
    "integer": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}

ID: Shape = {"type": "integer", "minimum": 1, "maximum": LARGEST}
COUNT: Shape = {"type": "integer", "minimum": 0}
RATE: Shape = {"type": "number", "minimum": 0}
YES: Shape = {"type": "boolean"}
TEXT: Shape = {"type": "string"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
ANYTHING: Shape = {"type": "object"}


def text(most: int, least: int = 0) -> Shape:
    """Of at most so many characters."""
    return {"type": "string", "minLength": least, "maxLength": most} if least else {"type": "string", "maxLength": most}


def word(*words: str) -> Shape:
    return {"type": "string", "enum": list(words)}


def many(shape: Shape, most: int | None = None) -> Shape:
    return {"type": "array", "items": shape} | ({"maxItems": most} if most else {})


def maybe(shape: Shape) -> Shape:
    """It, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


def counts(shape: Shape = COUNT) -> Shape:
    """A number for each of some words."""
    return {"type": "object", "additionalProperties": shape}


def record(**parts: Shape) -> Shape:
    """An object with all of these and nothing else."""
    return {"type": "object", "properties": parts, "required": [*parts], "additionalProperties": False}


def page(noun: str, shape: Shape) -> Shape:
    """A page of a list, as `cursors.page` tells it."""
    return record(**{noun: many(shape), "next": maybe(TEXT)})


EXPORT = record(
    id=ID,
    state=TEXT,
    problem=TEXT,
    form=TEXT,
    rows=COUNT,
    total=maybe(COUNT),
    percent=maybe(COUNT),
    size=maybe(COUNT),
    created_at=MOMENT,
    made_at=maybe(MOMENT),
    expires_at=maybe(MOMENT),
)


def problem(value: Any, shape: Shape) -> str | None:
    """What is wrong with it, to be read after the field's name; None when nothing is."""
    if "anyOf" in shape:
        found = [problem(value, each) for each in shape["anyOf"]]
        return found[0] if all(found) else None
    kind = TYPES[shape["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return f"is {SPOKEN.get(shape['type'], shape['type'])}"
    if isinstance(value, (str, dict)) and not _can_be_kept(value):
        return "has letters that no text has" + (", numbers without end or too many layers" if kind is dict else "")
    return _bounds(value, shape) or _parts(value, shape)


def _can_be_kept(value: Any) -> bool:
    try:
        return is_storable(value)
    except RecursionError:
        return False


def _bounds(value: Any, shape: Shape) -> str | None:
    if value not in shape.get("enum", [value]):
        return f"is one of {', '.join(shape['enum'])}"
    if isinstance(value, (str, list)):
        return _length(value, shape)
    if isinstance(value, int) and not shape.get("minimum", value) <= value <= shape.get("maximum", value):
        return f"is from {shape['minimum']:,}" + (f" to {shape['maximum']:,}" if "maximum" in shape else "")
    return None


def _length(value: str | list[Any], shape: Shape) -> str | None:
    most, what = (
        (shape.get("maxLength"), "characters") if isinstance(value, str) else (shape.get("maxItems"), "members")
    )
    if most is not None and len(value) > most:
        return f"has at most {most:,} {what}"
    return "is not blank" if isinstance(value, str) and len(value.strip()) < shape.get("minLength", 0) else None


def _parts(value: Any, shape: Shape) -> str | None:
    if not isinstance(value, list) or "items" not in shape:
        return None
    found = next((wrong for each in value if (wrong := problem(each, shape["items"]))), None)
    return f"is a list, each of which {found}" if found else None
