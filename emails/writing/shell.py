"""A newsletter's own clothes around what somebody wrote: its colours, its logo, its footer and the way to leave.

Light and dark; one column that fits a phone; tables for Outlook. It is rendered with the fields still in it.
"""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from emails.personal import Field
from emails.template import HOME
from emails.writing import colours, markdown
from emails.writing.keeping import kept
from models.brand import Brand, Font

UNSUBSCRIBE = Field("unsubscribe_link").written
PREFERENCES = Field("preferences_link").written
NIGHT = "#22252b"
FAMILIES = {
    Font.SANS: "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
    Font.SERIF: "Charter, Georgia, 'Times New Roman', serif",
    Font.MONO: "ui-monospace, Menlo, Consolas, 'Courier New', monospace",
}


def dressed(content: str, brand: Brand, *, title: str, preheader: str, closes: bool) -> str:
    """A whole document.

    closes: whether it says how to leave, because the author has not.
    """
    return _template().render(
        content=Markup(content),  # noqa: S704  (the author's own mail: browsers see it in a sandboxed frame only)
        brand=brand,
        title=title,
        preheader=as_markup(preheader),
        closes=closes,
        footer=Markup(kept(brand.footer, markdown.as_html)),  # noqa: S704
        address=Markup("<br>").join(brand.address.splitlines()),
        unsubscribe=Markup(UNSUBSCRIBE),  # noqa: S704
        preferences=Markup(PREFERENCES),  # noqa: S704
        **_looks(brand),
    )


def as_markup(text: str) -> Markup:
    """Words escaped, fields as they are."""
    return Markup(kept(text, lambda words: str(escape(words))))  # noqa: S704


def _looks(brand: Brand) -> dict[str, object]:
    return {
        "family": Markup(FAMILIES.get(Font(brand.font), FAMILIES[Font.SANS])),  # noqa: S704
        "link": colours.readable(brand.accent, "#ffffff"),
        "link_at_night": colours.readable(brand.accent, NIGHT),
        "button_ink": colours.ink_on(brand.accent),
        "language": "en",
    }


@cache
def _template() -> Template:
    home = FileSystemLoader(HOME)
    made = Environment(loader=home, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("shell.html")
