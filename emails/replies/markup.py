"""HTML as a tree. Reads whatever a mail calls HTML, to any depth, in linear time and without recursion.

Not lxml and not html.parser: the one gives up on trees deeper than 256, the other needs quadratic time for some
broken tags in Python 3.11.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from emails.replies.listings import listed
from emails.replies.tokens import tokens

VOID = frozenset(listed("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"))
BLOCKS = frozenset(
    listed("""
    address | article | aside | blockquote | body | center | dd | details | dialog | dir | div | dl | dt | fieldset
    figcaption | figure | footer | form | h1 | h2 | h3 | h4 | h5 | h6 | header | hr | html | li | main | menu | nav
    ol | p | pre | section | summary | table | tbody | td | tfoot | th | thead | tr | ul
""")
)
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

_ATTRIBUTE = re.compile(r"([^\s=/>\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
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

    def written(self) -> str:
        """The text right inside a small element and its children."""
        inner = [child.text for child in self.children] + [
            leaf.text for child in self.children for leaf in child.children
        ]
        return "".join(inner).strip(" \xa0\n\r\t")


def parse(html: str) -> Node:
    """The tree of a document; what no element holds is in the root."""
    tree = _Tree()
    for kind, value, body in tokens(html):
        if kind == "text":
            tree.nodes[-1].children.append(Node("", text=decoded(value)))
        elif kind == "start":
            tree.open(value, body)
            if body.endswith("/") and value not in BLOCKS:
                tree.close(value)
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
                for node in self.nodes[depth:]:
                    self.counts[node.tag] -= 1
                del self.nodes[depth:]
                return
            if self.nodes[depth].tag in within:
                return


def _attributes(body: str) -> dict[str, str]:
    return {
        name.lower(): decoded(value[1:-1] if value[:1] in {'"', "'"} and value[:1] == value[-1:] else value)
        for name, value in _ATTRIBUTE.findall(body)
    }
