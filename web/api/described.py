"""What a route takes and tells, said beside the route: requests are checked by it, and `openapi.py` describes it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import current_app, request

from web.api.shapes import Shape

Shapes = Mapping[str, Shape]
JSON = "application/json"
FILE = "application/octet-stream"  # of whichever kind was asked for


class Described(NamedTuple):
    tells: Shape | None  # None where it is no JSON
    status: int
    kind: str
    takes: Shapes  # fields of the body
    needed: tuple[str, ...]  # those that must be there
    query: Shapes
    file: Shapes | None  # of a route that takes a file: what else its form may say


def tells(
    shape: Shape | None = None,
    *,
    status: int = 200,
    kind: str = JSON,
    takes: Shapes | None = None,
    needed: tuple[str, ...] = (),
    query: Shapes | None = None,
    file: Shapes | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For a view under `/api/`: the shape of its answer, and of what it is sent."""
    described = Described(shape, status, kind, takes or {}, needed, query or {}, file)

    def describing(view: Callable[..., Any]) -> Callable[..., Any]:
        view.described = described  # type: ignore[attr-defined]
        return view

    return describing


def of(view: Any) -> Described | None:
    return getattr(view, "described", None)


def here() -> Described:
    """That of the route that is being asked. Raises `KeyError` for one that says nothing."""
    described = of(current_app.view_functions[request.endpoint or ""])
    if described is None:
        raise KeyError(request.endpoint)
    return described
