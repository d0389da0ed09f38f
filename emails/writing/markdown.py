"""Markdown as HTML: CommonMark with tables, strikethrough, footnotes and bare links, as GitHub has them."""

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

DEEPEST = 40  # quotes and lists inside each other


def as_html(text: str) -> str:
    return _reader().render(text)


@cache
def _reader() -> MarkdownIt:
    options = {"maxNesting": DEEPEST, "html": True, "linkify": True, "typographer": False}
    return MarkdownIt("gfm-like", options).use(footnote_plugin)
