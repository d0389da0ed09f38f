"""An edition as it is read in a browser: what was sent, without what was a single reader's.

Fields say their fallbacks, links that are a reader's own are left out, and the clothes of a mail (its frame, the tables
that only place things, its styles) stay behind: the page has its own.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import html as markup
from lxml.etree import ParserError
from lxml.html import HtmlElement
from markupsafe import escape

from emails import personal
from emails.personal import Field
from emails.sanitising import harmless

SAMPLES = {"name": "reader", "email": "your address"}  # for fields that everybody has, and so need no fallback
OWN = "about:reader"  # stands for a link that is a reader's own
EXCERPT = 220  # characters
HEADINGS = ("h1", "h2", "h3", "h4", "h5")  # each goes down by one: the page has a heading of its own
PLACING = ("table", "tbody", "thead", "tr", "td", "center")

_UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class Article(NamedTuple):
    title: str
    html: str  # harmless: `emails.sanitising`
    excerpt: str
    image: str  # https address of its first picture, or nothing


@lru_cache(maxsize=256)
def article(subject: str, html: str) -> Article:
    """Raises `personal.Unfillable` for what could not be sent either."""
    content = _content(_marked_up(html))
    for node in list(content.iter()):
        if isinstance(node.tag, str):
            _undress(node)
        elif node.getparent() is not None:
            node.drop_tree()
    title = " ".join(_shared(subject).replace(OWN, "").split())
    _say_once(content, title)
    clean = harmless("".join(markup.tostring(child, encoding="unicode") for child in content))
    shown = markup.fragment_fromstring(clean, create_parent="div")
    images = [source for source in shown.xpath(".//img/@src") if source]
    return Article(title, clean, _excerpt(shown), images[0] if images else "")


def _shared(text: str) -> str:
    """A text with what fields say to everybody."""
    return "".join(piece if isinstance(piece, str) else _said(piece) for piece in personal.cut(text))


def _marked_up(html: str) -> str:
    return "".join(piece if isinstance(piece, str) else str(escape(_said(piece))) for piece in personal.cut(html))


def _said(field: Field) -> str:
    if field.name in personal.LINKS:
        return OWN
    return field.fallback or SAMPLES.get(field.name, "")


def _content(html: str) -> HtmlElement:
    """What the author wrote: in the newsletter's clothes it has a place of its own, else it is the whole body."""
    page = _page(html)
    inside = page.xpath("//td[@class='inside']")
    if inside:
        for head in inside[0].xpath("./p[@class='masthead']"):
            head.drop_tree()
    return inside[0] if inside else page.find("body")


def _page(html: str) -> HtmlElement:
    """An empty one where an author's own document says nothing, such as a comment alone, or has no body."""
    try:
        page = markup.document_fromstring(html)
    except ParserError:
        page = None
    return page if page is not None and page.find("body") is not None else markup.document_fromstring("<p></p>")


def _undress(node: HtmlElement) -> None:
    if node.getparent() is None:
        return
    if _UNSEEN.search(node.get("style", "")):
        node.drop_tree()
    elif OWN in (node.get("href") or ""):
        _leave_out(node)
    elif node.tag in HEADINGS:
        node.tag = f"h{int(node.tag[1]) + 1}"
    elif node.tag in PLACING and _only_places(node):
        node.tag = "div"
    if node.text and OWN in node.text:
        node.text = node.text.replace(OWN, "")
    if node.tail and OWN in node.tail:
        node.tail = node.tail.replace(OWN, "")


def _leave_out(link: HtmlElement) -> None:
    """With the paragraph, when the paragraph is nothing but the link."""
    parent = link.getparent()
    link.drop_tree()
    if parent.tag == "p" and not parent.text_content().strip() and parent.find(".//img") is None:
        parent.drop_tree()


def _say_once(content: HtmlElement, title: str) -> None:
    """A heading at its beginning that only repeats the title goes."""
    heading = next(content.iter("h2"), None)
    if heading is not None and " ".join(heading.text_content().split()) == title:
        heading.drop_tree()


def _only_places(node: HtmlElement) -> bool:
    """Whether the table it belongs to holds no data: it says so, or has no heading cell."""
    table = node if node.tag == "table" else next(node.iterancestors("table"), None)
    return table is None or table.get("role") == "presentation" or table.find(".//th") is None


def _excerpt(shown: HtmlElement) -> str:
    """The first words below its headings, for a list and for whoever shares the link."""
    for heading in shown.xpath(".//h2 | .//h3"):
        heading.text, heading[:] = "", []
    words = " ".join(" ".join(shown.itertext()).split())
    return words if len(words) <= EXCERPT else words[:EXCERPT].rpartition(" ")[0] + " …"
