"""Texts as the database can hold them."""

from math import isfinite
from typing import Any


def clean(text: str) -> str:
    """Without NUL, which PostgreSQL's text does not hold, and without half characters, which UTF-8 does not."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def clean_all(value: Any) -> Any:
    """A JSON value with all its texts and names clean. Raises `RecursionError` for one nested too deeply."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_all(each) for each in value]
    return {clean(name): clean_all(each) for name, each in value.items()} if isinstance(value, dict) else value


def is_storable(value: Any) -> bool:
    """Whether a JSON value can be kept as it is: `clean_all` would change nothing, and every number has an end.

    Raises `RecursionError` for one nested too deeply.
    """
    if isinstance(value, str):
        return clean(value) == value
    if isinstance(value, float):
        return isfinite(value)
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return all(map(is_storable, parts)) if isinstance(parts, list) else True
