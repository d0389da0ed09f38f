"""A mail's folder of templates: `subject.txt`, `body.txt` and `body.html`, the text part as mandatory as the others."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from emails.cutting import Body, Cut, Parts
from emails.inlining import inlined
from emails.letter import Letter

HOME = Path(__file__).parent / "templates"
PARTS = ("subject.txt", "body.txt", "body.html")

_environment = Environment(
    loader=FileSystemLoader(HOME),
    autoescape=lambda name: bool(name and name.endswith(".html")),  # noqa: S701  (text must not be escaped)
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Template:
    """The mail called `name`. Raises `jinja2.UndefinedError` when a value that it needs is not given."""

    def __init__(self, name: str):
        self.name = name
        self._cut = lru_cache(maxsize=64)(lambda names: Cut(names, self._rendered))

    def fill(self, **values: Any) -> Letter:
        """The letter with these values, inlined once for all readers."""
        return self._letter(*self._cut(frozenset(values)).fill(values))

    def render(self, **values: Any) -> Letter:
        """The letter with these values, which it may loop over and ask about; inlined for this one."""
        parts = self._rendered(values)
        return self._letter(parts.subject, parts.text, inlined(parts.html))

    def _rendered(self, values: Mapping[str, Any]) -> Parts:
        subject, text, html = (_environment.get_template(f"{self.name}/{part}").render(values) for part in PARTS)
        return Parts(subject, text.strip() + "\n", html)

    def _letter(self, subject: str, text: str | Body, html: str | Body) -> Letter:
        return Letter(subject=" ".join(subject.split()), text=text, html=html, tag=self.name)
