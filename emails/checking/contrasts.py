"""Words that are hard to read: their colour against what is behind them (WCAG 2.2, 1.4.3), as inline styles say it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from emails.replies.markup import Node
from emails.writing.colours import READABLE, contrast
from models.finding import Found, Severity

LARGE = 24.0  # pixels, from which 3 is enough
READABLE_LARGE = 3.0
MOST = 20

_RULE = re.compile(r"([a-z-]{1,40})\s*:\s*([^;]{1,300})")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})(?![0-9a-f])")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_PIXELS = re.compile(r"(\d{1,3}(?:\.\d+)?)px")
_NAMES = {"white": "#ffffff", "black": "#000000", "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0"}
_UNSEEN = frozenset(("head", "style", "script", "title", "template"))


class Look(NamedTuple):
    """Of an element, from those around it. A ground that is an image is not known."""

    ink: str = "#000000"
    ground: str | None = "#ffffff"
    pixels: float = 16.0

    @property
    def is_large(self) -> bool:
        return self.pixels >= LARGE


def found(root: Node) -> list[Found]:
    """One for each pair of colours, where it is met first."""
    told: dict[tuple[str, str, bool], Found | None] = {}
    waiting = [(root, Look())]
    while waiting and len(told) < MOST:
        node, look = waiting.pop()
        for child in node.children:
            if not child.tag and child.text.strip() and look.ground and look.pixels:
                told.setdefault((look.ink, look.ground, look.is_large), _judged(look, look.ground, child.text))
        waiting.extend((child, seen) for child in reversed(node.children) if child.tag and (seen := _seen(child, look)))
    return [each for each in told.values() if each]


def _judged(look: Look, ground: str, text: str) -> Found | None:
    ratio = contrast(look.ink, ground)
    if ratio >= (READABLE_LARGE if look.is_large else READABLE):
        return None
    advice = f"{look.ink} on {ground} has a contrast of {ratio:.1f}; {READABLE} can be read by most."
    return Found("contrast", Severity.LOOK, " ".join(text.split())[:80], advice)


def _seen(node: Node, around: Look) -> Look | None:
    """How it looks; None when nobody sees it."""
    style = dict(_RULE.findall(node.get("style").lower()))
    if node.tag in _UNSEEN or style.get("display") == "none":
        return None
    return Look(_ink(node, style, around), _ground(node, style, around), _pixels(style, around))


def _ink(node: Node, style: Mapping[str, str], around: Look) -> str:
    own = _colour(style.get("color", "")) or _colour(node.get("color"))
    return own or around.ink


def _ground(node: Node, style: Mapping[str, str], around: Look) -> str | None:
    if "url(" in style.get("background", "") + style.get("background-image", "") or node.get("background"):
        return None
    own = _colour(style.get("background-color", "")) or _colour(style.get("background", ""))
    return own or _colour(node.get("bgcolor")) or around.ground


def _pixels(style: Mapping[str, str], around: Look) -> float:
    size = _PIXELS.search(style.get("font-size", ""))
    return float(size[1]) if size else around.pixels


def _colour(text: str) -> str | None:
    """As `#rrggbb`; None for none, and for those that are written otherwise."""
    text = text.strip().lower()
    if match := _HEX.search(text):
        digits = match[1]
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    if match := _RGB.search(text):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return _NAMES.get(text)
