"""A mail's HTML part as lines, and when to read it instead of the text part."""

from __future__ import annotations

import re

from emails.replies import intake
from emails.replies.lines import Line
from emails.replies.markup import parse
from emails.replies.rendering import Page

_LEAK = re.compile(r"^Content-(?:Type|Transfer-Encoding):\s", re.MULTILINE | re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|p|div|li|tr)\b", re.IGNORECASE)
_MARKUP = ("<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<table", "<meta", "<span", "<font")
_EXCUSES = ("your email client does not support html", "this message is in html", "this is an html", "html-mail")
FLAT = 100  # characters a single line must have to look like a page that lost its line ends


def lines(html: str) -> list[Line]:
    """What a browser shows, marked where the mail program marked it."""
    written = Page().write(parse(html.replace("\0", "")))
    return [
        Line(row, line.kind, line.boxed)
        for line in written
        for row in (intake.clean(line.text).split("\n") if line.text else [""])
    ]


def says_little(text: str, html: str) -> bool:
    """Is the text part blank, a page that lost its line ends, an excuse for being one, or MIME that leaked?"""
    body = text.strip()
    if not body or (_LEAK.search(body) and ("boundary=" in body or "multipart/" in body or body.startswith("--"))):
        return True
    if len(body) < 200 and body.casefold().startswith(_EXCUSES):
        return True
    return len(body) >= FLAT and "\n" not in body and len(_BREAKS.findall(html, 0, 20_000)) > 2


def is_markup(text: str) -> bool:
    """A text part that is HTML, as some programs send it."""
    body = text[:4000].lstrip("\ufeff \t\r\n").lower()
    return body.startswith(_MARKUP) and text.rstrip().endswith(">")
