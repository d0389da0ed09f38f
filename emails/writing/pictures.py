"""How a picture of ours stands in what somebody writes."""

import re

from markupsafe import escape

from models.image_use import ADDRESS

INSIDE = 528  # pixels of the column in a newsletter's own clothes

_IMAGE = re.compile(r"<img\b[^>]{0,4000}>", re.IGNORECASE)
_SAYS_WIDTH = re.compile(r"\swidth\s*=", re.IGNORECASE)
_ENDS = {"html": "</body>", "mjml": "</mj-body>"}
_MARKED = re.compile(r"([\\\[\]])")


def written(address: str, alt: str, size: tuple[int, int]) -> dict[str, str]:
    """`{"markdown": …, "html": …, "mjml": …}`: what stands for it in each. size: its pixels, across and down."""
    (across, down), words = _shown(*size), _MARKED.sub(r"\\\1", alt)
    return {
        "markdown": f"![{words}]({address})",
        "html": f'<img src="{address}" alt="{escape(alt)}" width="{across}" height="{down}" style="height:auto">',
        "mjml": f'<mj-image src="{address}" alt="{escape(alt)}" width="{across}px" />',
    }


def at_the_end(body: str, form: str, said: str) -> str:
    """What somebody wrote in that format, with the words for a picture as its last paragraph."""
    said = f"<mj-section><mj-column>{said}</mj-column></mj-section>" if form == "mjml" else said
    before, end, after = body.rpartition(_ENDS.get(form, "\0"))
    return f"{before}{said}\n{end}{after}" if end else f"{body.rstrip()}\n\n{said}\n"


def sized(html: str) -> str:
    """With the size of pictures of ours that do not say theirs: Outlook would show all their pixels."""
    return _IMAGE.sub(_sized, html)


def _sized(found: re.Match[str]) -> str:
    tag = found[0]
    ours = ADDRESS.search(tag)
    if not ours or _SAYS_WIDTH.search(tag):
        return tag
    across, down = _shown(int(ours[2]), int(ours[3]))
    return f'{tag[:4]} width="{across}" height="{down}"{tag[4:]}'


def _shown(across: int, down: int) -> tuple[int, int]:
    """Its pixels in the column, no wider than that."""
    shown = min(across, INSIDE)
    return shown, max(1, round(down * shown / max(1, across)))
