"""The text part of a letter, made from its HTML: for whoever reads mail as text, and for filters that ask for one."""

import re

from emails.replies.markup import Node, parse
from emails.replies.rendering import Page

_UNSEEN = frozenset(("head", "style", "script", "title", "template"))
_APART = frozenset(("ul", "ol", "table"))
_GAPS = re.compile(r"\n{3,}")


def as_text(html: str) -> str:
    """Paragraphs, lists and tables as lines; links as `words (address)`, images as what they are said to show."""
    lines = Page().write(_spoken(parse(html)))
    text = "\n".join(line.text.rstrip() for line in lines)
    return _GAPS.sub("\n\n", text).strip() + "\n"


def _spoken(root: Node) -> Node:
    """The tree without what nobody sees, and images in words.

    Styles go as well: in received mail they tell what is hidden or quoted, and MJML sets columns in letters of no size.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        node.children = [_worded(child, node) for child in node.children if not _is_unseen(child)]
        waiting.extend(node.children)
    return root


def _is_unseen(node: Node) -> bool:
    hidden = "display:none" in node.get("style").replace(" ", "").lower()
    return hidden or node.tag in _UNSEEN or node.get("class") in ("preheader", "footnote-backref")


def _worded(node: Node, parent: Node) -> Node:
    if node.tag == "img":
        return Node("", text=node.get("alt"))
    if node.tag == "hr":
        return Node("p", children=[Node("", text="* * *")])
    node.attributes = {name: value for name, value in node.attributes.items() if name not in ("style", "class")}
    return Node("figure", children=[node]) if node.tag in _APART and parent.tag != "figure" else node
