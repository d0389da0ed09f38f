"""What an edition may say of each reader: fields among somebody's own words, and nothing else of a template language.

    {{ name }}    {{ first_name | default("friend") }}    {{ attributes.city | default("your city") }}

Fields are filled in after the letter has been rendered and inlined once for everybody. So whatever would change one
(`{{ name|upper }}`) or ask about it (`{% if name %}`) cannot mean what it says, and loops and calculations have nothing
to work on but can keep a worker busy for ever: a text is cut into words and fields, and never run. It is read by
Jinja2's parser, so that its mistakes are told as people know them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LINKS = ("unsubscribe_link", "preferences_link", "web_link")
SURE = ("email", "name", *LINKS)  # every reader has them; a name that nobody gave is the address's first part
UNSURE = ("first_name",)  # these, and attributes, need a fallback
ATTRIBUTES = "attributes."

_environment = ImmutableSandboxedEnvironment(keep_trailing_newline=True)
_OFFERED = ", ".join(f"{{{{ {name} }}}}" for name in (*SURE, *UNSURE, "attributes.…"))


class Unfillable(ValueError):
    """A text with something in it that is neither words nor a field."""

    retry = False


class Field(NamedTuple):
    """One value of a reader's, and what stands there when it is not known."""

    name: str
    fallback: str | None = None

    @property
    def key(self) -> str:
        """One word for this field with this fallback."""
        return self.name if self.fallback is None else f"{self.name}|{self.fallback}"

    @property
    def written(self) -> str:
        """As somebody would type it."""
        fallback = "" if self.fallback is None else f" | default({_quoted(self.fallback)})"
        return f"{{{{ {self._path}{fallback} }}}}"

    @property
    def _path(self) -> str:
        key = self.name.removeprefix(ATTRIBUTES)
        return self.name if key.isidentifier() or key == self.name else f"attributes[{_quoted(key)}]"

    def of(self, known: Mapping[str, str], attributes: Mapping[str, Any]) -> str:
        """The reader's own value. One that is blank or missing is the fallback."""
        if not self.name.startswith(ATTRIBUTES):
            return known[self.name] or self.fallback or ""
        value = attributes.get(self.name.removeprefix(ATTRIBUTES))
        return (self.fallback or "") if value is None or value == "" else _said(value)


class Problem(NamedTuple):
    line: int
    words: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.words}"


@lru_cache(maxsize=16)
def cut(text: str) -> tuple[str | Field, ...]:
    """A text as words and fields, in order. Raises `Unfillable` where `problems` has something to say."""
    found = [_read(node) for node in _parts(_parsed(text))]
    wrong = [piece for piece in found if isinstance(piece, Problem)]
    if wrong:
        raise Unfillable(" ".join(map(str, wrong)))
    return tuple(piece for piece in found if not isinstance(piece, Problem))


def problems(text: str) -> list[str]:
    """What is wrong with it, in sentences that name the line; nothing when it can be sent."""
    try:
        read = [_read(node) for node in _parts(_parsed(text))]
    except Unfillable as problem:
        return [str(problem)]
    return list(dict.fromkeys(str(piece) for piece in read if isinstance(piece, Problem)))


def fields(*texts: str) -> set[Field]:
    """The fields in texts that have no problems."""
    return {piece for text in texts for piece in cut(text) if isinstance(piece, Field)}


def names(*texts: str) -> set[str]:
    return {field.name for field in fields(*texts)}


def joined(pieces: Sequence[str | Field], words: Mapping[Field, str]) -> str:
    """The text again, with a word in the place of each field."""
    return "".join(piece if isinstance(piece, str) else words[piece] for piece in pieces)


def _parsed(text: str) -> nodes.Template:
    """Raises `Unfillable`. Thousands of brackets, or of digits, are beyond the parser, and nobody's field."""
    try:
        return _environment.parse(text)
    except TemplateSyntaxError as problem:
        raise Unfillable(str(_syntax(problem))) from None
    except (RecursionError, ValueError):
        raise Unfillable("There is something between {{ and }} that is far too long to be a field.") from None


def _parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """The outermost of what is not only a frame around others, in order."""
    if isinstance(node, (nodes.Template, nodes.Output)):
        for child in node.iter_child_nodes():
            yield from _parts(child)
    else:
        yield node


def _read(node: nodes.Node) -> str | Field | Problem:
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.Filter) and node.name == "default":
        return _with_fallback(node)
    return _field(node, None)


def _with_fallback(node: nodes.Filter) -> Field | Problem:
    words = node.args[0] if node.args else None
    if len(node.args) != 1 or node.kwargs or not isinstance(words, nodes.Const) or not isinstance(words.value, str):
        return Problem(node.lineno, 'a fallback is words in quotes, as in {{ first_name | default("friend") }}.')
    return _field(node.node, words.value)


def _field(node: nodes.Node | None, fallback: str | None) -> Field | Problem:
    """A field that there is. An unsure one has a fallback: no letter says "Hello ,"."""
    line = node.lineno if node else 1
    name = _name(node)
    if not name:
        return Problem(line, f"only plain fields work here; use {_OFFERED}.")
    if name not in SURE + UNSURE and not name.startswith(ATTRIBUTES):
        return Problem(line, f"there is no field {name!r}; use {_OFFERED}.")
    if fallback is None and name not in SURE:
        needed = Field(name, "…").written
        return Problem(line, f"not every reader has {name}, so it needs a fallback: {needed}.")
    return Field(name, None if name in LINKS else fallback)


def _name(node: nodes.Node | None) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "attributes":
        return f"{ATTRIBUTES}{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Name) and node.node.name == "attributes":
        return _item(node.arg)
    return ""


def _item(key: nodes.Node) -> str:
    """`attributes["Company size"]`, for names that are more than one word."""
    return f"{ATTRIBUTES}{key.value}" if isinstance(key, nodes.Const) and isinstance(key.value, str) else ""


def _syntax(problem: TemplateSyntaxError) -> Problem:
    return Problem(problem.lineno, (problem.message or "not a template").rstrip(".") + ".")


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(_said, value)) if isinstance(value, list) else str(value)
