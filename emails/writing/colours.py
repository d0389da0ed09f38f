"""Colours as the Web Content Accessibility Guidelines measure them (WCAG 2.2, 1.4.3): contrast from 1 to 21."""

import re

READABLE = 4.5  # for text of usual size
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_colour(text: str) -> bool:
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """Between two colours as `#rrggbb`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(ground: str) -> str:
    """Black or white, whichever is read better on it."""
    return max(("#ffffff", "#111111"), key=lambda ink: contrast(ink, ground))


def readable(colour: str, ground: str) -> str:
    """The colour, mixed with as much white or black as it takes to be read on this ground."""
    towards = "#ffffff" if _luminance(ground) < 0.18 else "#000000"
    mixes = (_mixed(colour, towards, share / 20) for share in range(21))
    return next((mix for mix in mixes if contrast(mix, ground) >= READABLE), towards)


def _mixed(one: str, other: str, share: float) -> str:
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _luminance(colour: str) -> float:
    """As WCAG 2.2 defines relative luminance."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
