"""Texts as the database can hold them."""

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
