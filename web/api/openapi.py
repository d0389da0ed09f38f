"""The API described as OpenAPI 3.1 has it, made of the routes and what stands beside them."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import Blueprint, Response, current_app, jsonify
from werkzeug.routing import Rule

from web.api import described
from web.api.described import JSON, Described
from web.api.errors import ROOT, WORDS
from web.api.repeats import HEADER, LONGEST
from web.api.shapes import ID, TEXT, Shape, record, word
from web.visitor import public

page = Blueprint("openapi", __name__)

ERROR = record(error=record(code=word(*(code for code, _ in WORDS.values())), message=TEXT))
FILE: Shape = {"type": "string", "contentMediaType": "application/octet-stream"}

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


class Operation(NamedTuple):
    """One thing that can be asked."""

    name: str
    method: str
    path: str  # below the root, with arguments in braces
    arguments: tuple[str, ...]
    scope: str  # that a key must have
    words: str
    about: Described

    @property
    def noun(self) -> str:
        return self.path.split("/")[1].partition(".")[0]


@page.get("/openapi.json")
@public
def show() -> Response:
    """This description."""
    response = jsonify(document())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def document() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for each in operations():
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each)
    info = {"title": "Postroom", "version": "1", "summary": "Newsletters, who gets them, and what became of each copy."}
    parts = {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}, "schemas": {"Error": ERROR}}
    return {"openapi": "3.1.0", "info": info, "servers": [{"url": f"{ROOT}v1"}], "paths": paths, "components": parts}


def operations() -> Iterator[Operation]:
    """Every route under the root but this one, in the order in which they were made."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith(ROOT) and rule.endpoint != f"{page.name}.show":
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield _of(rule, method)


def _of(rule: Rule, method: str) -> Operation:
    """Raises `LookupError` for a route that does not say what it tells."""
    view = current_app.view_functions[rule.endpoint]
    about, scope = described.of(view), getattr(view, "scope", None)
    if about is None or scope is None or not view.__doc__:
        raise LookupError(f"{rule.endpoint} says not what it is for, what it tells, or which key it needs")
    path = _ARGUMENT.sub(r"{\1}", rule.rule.removeprefix(f"{ROOT}v1"))
    return Operation(rule.endpoint, method, path, tuple(sorted(rule.arguments)), scope, _words(view.__doc__), about)


def _words(docstring: str) -> str:
    return " ".join(docstring.split())


def _operation(each: Operation) -> dict[str, Any]:
    told = {
        "operationId": each.name,
        "tags": [each.noun],
        "description": each.words,
        "security": [{"key": [each.scope]}],
    }
    body = {"requestBody": _body(each.about)} if each.method in ("POST", "PUT", "PATCH") else {}
    error = {"description": "What is wrong, in a word and a sentence.", "content": _content(JSON, _named("Error"))}
    answers = {str(each.about.status): _answer(each.about), "default": error}
    return told | {"parameters": _parameters(each)} | body | {"responses": answers}


def _answer(about: Described) -> dict[str, Any]:
    return {"description": "Done.", "content": _content(about.kind, about.tells or TEXT)}


def _body(about: Described) -> dict[str, Any]:
    if about.file is not None:
        content: dict[str, Any] = {"application/octet-stream": {}, **_content("multipart/form-data", _form(about))}
        return {"required": True, "content": content}
    shape: dict[str, Any] = {"type": "object", "properties": about.takes, "additionalProperties": False}
    needed = {"required": [*about.needed]} if about.needed else {}
    return {"required": bool(about.needed), "content": _content(JSON, shape | needed)}


def _form(about: Described) -> Shape:
    return {"type": "object", "properties": {"file": FILE, **(about.file or {})}, "required": ["file"]}


def _parameters(each: Operation) -> list[dict[str, Any]]:
    path = [{"name": name, "in": "path", "required": True, "schema": ID} for name in each.arguments]
    query = [{"name": name, "in": "query", "schema": shape} for name, shape in each.about.query.items()]
    key = {"name": HEADER, "in": "header", "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST}}
    return path + query + ([key] if each.method == "POST" else [])


def _content(kind: str, shape: Shape) -> dict[str, Any]:
    return {kind: {"schema": shape}}


def _named(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}
