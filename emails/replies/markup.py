"""HTML as a tree. Reads whatever a mail calls HTML, to any depth, in linear time and without recursion.

Not lxml and not html.parser: the one gives up on trees deeper than 256, the other needs quadratic time for some broken
tags in Python 3.11.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from emails.replies.listings import listed

VOID = frozenset(listed("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"))
BLOCKS = frozenset(
    listed("""
    address | article | aside | blockquote | body | center | dd | details | dialog | dir | div | dl | dt
    fieldset | form
    figcaption | figure | footer | h1 | h2 | h3 | h4 | h5 | h6 | header | hr | html | li | main | menu | nav
    ol | p | pre
    section | summary | table | tbody | td | tfoot | th | thead | tr | ul
""")
)
_OPAQUE = frozenset(listed("script|style|title|noembed|noframes|xml|template|svg|math|select|object"))
_SCOPES = frozenset(("td", "th", "table"))
_CLOSED_BY = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir", "td", "th", "table"))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "td", "table"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "td", "table"))),
    "a": (frozenset(("a",)), _SCOPES),
}
_PARAGRAPH = frozenset(("p",))
_PARAGRAPH_WALLS = _SCOPES | {"blockquote", "div", "li"}
_TABLE_PARTS = frozenset(("table", "tr", "tbody", "thead", "tfoot", "td", "th"))
NEAR = 64  # open elements looked at to find what an end tag ends; bounds the time broken markup takes
_QUOTED_ENDS = 8  # `>` signs that a quoted attribute may hold

_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
_TAG = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
_ENDLESS = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")


@dataclass(slots=True, eq=False)
class Node:
    """An element; `tag` "" is text, held in `text`."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


def parse(html: str) -> Node:
    """The tree of a document; what no element holds is in the root."""
    tree = _Tree()
    for kind, value, body in _tokens(html):
        if kind == "text":
            tree.nodes[-1].children.append(Node("", text=decoded(value)))
        elif kind == "start":
            tree.open(value, body)
        else:
            tree.close(value)
    return tree.nodes[0]


def decoded(text: str) -> str:
    """Entities as characters; numbers too long to be one become U+FFFD (CPython refuses them with an error)."""
    return unescape(_ENDLESS.sub("\ufffd", text)) if "&" in text else text


class _Tree:
    """The elements still open, outermost first, and how many there are of each."""

    def __init__(self) -> None:
        self.nodes = [Node("html")]
        self.counts: Counter[str] = Counter()

    def open(self, tag: str, body: str) -> None:
        if tag in _CLOSED_BY:
            self._close_any(*_CLOSED_BY[tag])
        if tag in BLOCKS:
            self._close_any(_PARAGRAPH, _PARAGRAPH_WALLS)
        node = Node(tag, _attributes(body) if body else {})
        self.nodes[-1].children.append(node)
        if tag not in VOID:
            self.nodes.append(node)
            self.counts[tag] += 1

    def close(self, tag: str) -> None:
        """Ends the nearest such element, but none outside the table cell or, for `</b>` and its like, the block."""
        walls = _SCOPES - {tag} if tag in BLOCKS else BLOCKS
        if tag in _TABLE_PARTS:
            walls = frozenset(("table",)) - {tag}
        if tag not in {"html", "body"}:
            self._close_any(frozenset((tag,)), walls)

    def _close_any(self, tags: frozenset[str], within: frozenset[str]) -> None:
        if not any(self.counts[tag] for tag in tags):
            return
        for depth in range(len(self.nodes) - 1, max(len(self.nodes) - NEAR, 0), -1):
            if self.nodes[depth].tag in tags:
                self.counts.subtract(node.tag for node in self.nodes[depth:])
                del self.nodes[depth:]
                return
            if self.nodes[depth].tag in within:
                return


def _attributes(body: str) -> dict[str, str]:
    return {
        name.lower(): decoded(value[1:-1] if value[:1] in {'"', "'"} and value[:1] == value[-1:] else value)
        for name, value in _ATTRIBUTE.findall(body)
    }


def _tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """("text", characters, ""), ("start", tag, attributes) and ("end", tag, "") in the order of the document."""
    at, shut = 0, _Shut(html)
    while at < len(html):
        less = html.find("<", at)
        if less < 0 or html.find(">", less) < 0:
            yield "text", html[at:], ""
            return
        if less > at:
            yield "text", html[at:less], ""
        tag = _TAG.match(html, less + 1)
        if not tag:
            at = shut.past_declaration(less)
            if at == less:
                yield "text", "<", ""
                at += 1
            continue
        end, name = _tag_end(html, less), tag[1].lower()
        at = end + 1
        if html[less + 1] == "/":
            yield "end", name, ""
            continue
        if name in _OPAQUE:
            at = shut.past_element(name, at)
            continue
        yield "start", name, html[tag.end() : end]
        if html[end - 1] == "/" and name not in BLOCKS and name not in VOID:
            yield "end", name, ""


def _tag_end(html: str, less: int) -> int:
    """Where a tag ends: its first `>` outside quotes, or its first at all if the quotes never balance."""
    first = end = html.find(">", less)
    for _ in range(_QUOTED_ENDS):
        if _balanced(html, less, end):
            return end
        end = html.find(">", end + 1)
        if end < 0 or end - less > 100_000:
            return first
    return first


def _balanced(html: str, less: int, end: int) -> bool:
    double, single = html.count('"', less, end), html.count("'", less, end)
    return double % 2 == 0 and (single % 2 == 0 or double > 0)


class _Shut:
    """Finds the ends of comments and of elements that hold no text, remembering which ends are nowhere ahead."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.missing: set[str] = set()

    def past_declaration(self, less: int) -> int:
        """Past `<!-- … -->`, `<!…>` or `<?…>`; the same place if this `<` is only a character."""
        if self.html.startswith("<!--", less):
            return self._past("-->", less + 2) or less + 4
        if self.html[less + 1 : less + 2] in {"!", "?"}:
            return self.html.find(">", less) + 1
        return less

    def past_element(self, name: str, at: int) -> int:
        """Past the end tag; an element that is never closed hides nothing."""
        return self._past(f"</{name}", at) or at

    def _past(self, end: str, at: int) -> int:
        if end in self.missing:
            return 0
        found = re.compile(re.escape(end), re.IGNORECASE).search(self.html, at)
        if not found:
            self.missing.add(end)
            return 0
        return found.end() if end == "-->" else self.html.find(">", found.end()) + 1 or len(self.html)
