"""How a picture of ours stands in what somebody writes."""

import re

from markupsafe import escape

from models.image_use import ADDRESS

INSIDE = 528  # pixels of the column in a newsletter's own clothes

_IMAGE = re.compile(r"<img\b[^>]{0,4000}>", re.IGNORECASE)
_SAYS_WIDTH = re.compile(r"\swidth\s*=", re.IGNORECASE)
_MARKED = re.compile(r"([\\\[\]])")


def written(address: str, alt: str, width: int) -> dict[str, str]:
    """`{"markdown": …, "html": …, "mjml": …}`: what stands for it in each."""
    shown, words = min(width, INSIDE), _MARKED.sub(r"\\\1", alt)
    return {
        "markdown": f"![{words}]({address})",
        "html": f'<img src="{address}" alt="{escape(alt)}" width="{shown}">',
        "mjml": f'<mj-image src="{address}" alt="{escape(alt)}" width="{shown}px" />',
    }


def sized(html: str) -> str:
    """With the width of pictures of ours that do not say theirs: Outlook would show all their pixels."""
    return _IMAGE.sub(_sized, html)


def _sized(found: re.Match[str]) -> str:
    tag = found[0]
    ours = ADDRESS.search(tag)
    if not ours or _SAYS_WIDTH.search(tag):
        return tag
    return f'{tag[:4]} width="{min(int(ours[2]), INSIDE)}"{tag[4:]}'
