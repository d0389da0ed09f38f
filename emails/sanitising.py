"""Somebody's HTML as it may stand on a page of ours, the one place that knows nh3: words, links, pictures, tables.

Nothing in it acts, loads a style or takes a name of the page's; whatever is not known to be harmless goes.
"""

import nh3

from models.image_use import ADDRESS

TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "div", "section", "blockquote", "pre", "hr", "br", "figure", "figcaption"),
    *("ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "img", "span", "small"),
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "sub", "sup", "abbr", "q", "code", "kbd"),
}
ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"id"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto"}
UNREAD = {"script", "style", "title", "template", "noscript"}
NOTES = "fn"  # how Markdown's footnotes begin their names; no other name stays


def harmless(html: str) -> str:
    """A fragment. Links open as they are; pictures come from an https address or from us, or not at all."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=UNREAD,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if value.startswith(NOTES) else None
    if (tag, name) == ("img", "src"):
        return value if value.startswith("https://") or ADDRESS.search(value) else None
    return value
