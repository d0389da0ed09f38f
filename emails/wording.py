"""What people may write in an edition: their own words and the three fields, nothing else of the template language.

A field is filled in after the letter has been rendered once for everybody. So a template that changes one
(`{{ name|upper }}`) or asks about it (`{% if name %}`) cannot mean what it says, and loops and calculations have
nothing to work on but can keep a worker busy for ever.
"""

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from emails.edition import FIELDS

_environment = ImmutableSandboxedEnvironment()
_OFFERED = ", ".join(f"{{{{ {name} }}}}" for name in FIELDS)
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData)


def problems(text: str) -> list[str]:
    """What is wrong with it, in sentences that name the line; nothing when it can be sent."""
    try:
        parsed = _environment.parse(text)
    except TemplateSyntaxError as problem:
        return [f"Line {problem.lineno}: {(problem.message or 'not a template').rstrip('.')}."]
    return list(dict.fromkeys(_spoken(node) for node in _strange(parsed)))


def fields(text: str) -> set[str]:
    """The fields in a text that has no problems."""
    return {node.name for node in _environment.parse(text).find_all(nodes.Name)}


def _strange(node: nodes.Node) -> Iterator[nodes.Node]:
    """The outermost of what is neither words nor a field."""
    if isinstance(node, _PLAIN):
        for child in node.iter_child_nodes():
            yield from _strange(child)
    elif not (isinstance(node, nodes.Name) and node.name in FIELDS):
        yield node


def _spoken(node: nodes.Node) -> str:
    unknown = f"there is no field {node.name!r}" if isinstance(node, nodes.Name) else "only plain fields work here"
    return f"Line {node.lineno}: {unknown}; use {_OFFERED}."
