"""Markdown as HTML: CommonMark with tables, strikethrough, footnotes and bare links, as GitHub has them."""

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

DEEPEST = 40  # quotes and lists inside each other


def as_html(text: str) -> str:
    return _reader().render(text)


def begun(text: str, line: int) -> int:
    """How many of its pieces (headings, paragraphs, lists …) have begun by that line, from 0."""
    tokens = _reader().parse(text)
    return sum(bool(each.map and each.map[0] <= line and each.level == 0 and each.nesting >= 0) for each in tokens)


@cache
def _reader() -> MarkdownIt:
    options = {"maxNesting": DEEPEST, "html": True, "linkify": True, "typographer": False}
    return MarkdownIt("gfm-like", options).use(footnote_plugin)
