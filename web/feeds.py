"""A publication's editions as a feed: RSS 2.0 (rssboard.org/rss-specification), each whole in `content:encoded`."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from emails import links
from models.edition import Edition
from models.publication import Publication
from web.reading import written

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"

_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold

ElementTree.register_namespace("atom", ATOM)
ElementTree.register_namespace("content", CONTENT)


def rss(publication: Publication, editions: Sequence[Edition]) -> str:
    """The document. The publication has a slug, and editions have been published."""
    feed = Element("rss", version="2.0")
    channel = SubElement(feed, "channel")
    home = links.archive(publication.workspace, publication.slug or "")
    _say(channel, title=publication.name, link=home, description=publication.about or publication.name)
    SubElement(channel, f"{{{ATOM}}}link", href=f"{home}/feed.xml", rel="self", type="application/rss+xml")
    if editions:
        _say(channel, lastBuildDate=_moment(editions[0].published_at))
    for edition in editions:
        _item(SubElement(channel, "item"), edition, f"{home}/{edition.id}")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode")


def _item(item: Element, edition: Edition, address: str) -> None:
    article = written(edition)
    _say(item, title=article.title, link=address, guid=address, pubDate=_moment(edition.published_at))
    _say(item, description=article.excerpt, **{f"{{{CONTENT}}}encoded": article.html})


def _say(within: Element, **words: str) -> None:
    for name, said in words.items():
        SubElement(within, name).text = _UNSAYABLE.sub("", said)


def _moment(at: datetime | None) -> str:
    """As RFC 822 writes it, with the year whole."""
    return format_datetime(at.astimezone(UTC)) if at else ""
