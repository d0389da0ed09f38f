"""A picture that somebody uploads, as it goes into letters: the one place that knows Pillow.

It is known by its content, never by its name, and measured before it is decoded, so that a small file that grows into a
large picture costs nothing. What a camera wrote into it, such as where it was, does not leave with it.
"""

from io import BytesIO
from threading import Lock
from typing import NamedTuple

from PIL import Image, ImageOps, ImageSequence

LARGEST = 10_000_000  # bytes of an upload
MOST_PIXELS = 30_000_000  # some 120 MB while it is decoded
MOST_FRAMES = 400
MOST_MOVING_PIXELS = 150_000_000  # of all frames
WIDEST = 1_200  # twice the width of a letter, for screens with twice the pixels
QUALITY = 85
THUMBNAIL = (320, 320)  # twice as large as it is shown
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}

_READ = ("PNG", "JPEG", "GIF", "WEBP")
_DRAWN = ("1", "L", "LA", "P", "RGB", "RGBA")
_one_at_a_time = Lock()


class NoPicture(ValueError):
    """What cannot stand in a letter; says why in a sentence."""


class Picture(NamedTuple):
    kind: str  # its media type
    width: int
    height: int
    content: bytes


def understood(content: bytes) -> Picture:
    """As it is kept. Raises `NoPicture`.

    It is at most `WIDEST` wide, and turned as it was held. A WebP becomes a PNG or a JPEG, since several mail programs
    show none; a GIF goes on moving.
    """
    if len(content) > LARGEST:
        raise NoPicture(f"It is larger than {LARGEST // 1_000_000} MB.")
    try:
        with _one_at_a_time, Image.open(BytesIO(content), formats=_READ) as image:
            _measure(image)
            return _moving(image) if image.format == "GIF" else _still(image)
    except NoPicture:
        raise
    except Image.DecompressionBombError:
        raise NoPicture(_too_many()) from None
    except Image.UnidentifiedImageError:
        raise NoPicture(_foreign(content)) from None
    except Exception as problem:  # whatever a file says, and however its reader fails on it
        raise NoPicture("It is broken: it cannot be read to its end.") from problem


def thumbnail(content: bytes) -> bytes:
    """A small WebP, of a GIF its first frame; nothing of what cannot be read."""
    try:
        with _one_at_a_time, Image.open(BytesIO(content), formats=_READ) as image:
            _measure(image)
            image.draft("RGB", THUMBNAIL)
            small, written = image.convert("RGBA" if image.has_transparency_data else "RGB"), BytesIO()
            small.thumbnail(THUMBNAIL, reducing_gap=2.0)
            small.save(written, "WEBP", quality=80)
            return written.getvalue()
    except Exception:  # whatever a file says: then the picture itself is shown
        return b""


def _measure(image: Image.Image) -> None:
    """By what its headers say: nothing of it has been decoded yet."""
    if image.width * image.height > MOST_PIXELS:
        raise NoPicture(_too_many(f"It has {image.width:,} × {image.height:,} pixels. "))
    frames = getattr(image, "n_frames", 1)
    if image.format == "WEBP" and frames > 1:
        raise NoPicture("It is a WebP that moves, which few mail programs show: please save it as a GIF.")
    if frames > MOST_FRAMES or frames * image.width * image.height > MOST_MOVING_PIXELS:
        raise NoPicture(f"It has {frames:,} frames, which together are too large: please make it smaller or shorter.")


def _too_many(measured: str = "") -> str:
    return f"{measured}A picture has at most {MOST_PIXELS:,}: please make it smaller."


def _still(image: Image.Image) -> Picture:
    colours = image.info.get("icc_profile")
    kind = _kind(image)
    image.draft("RGB", (WIDEST, WIDEST))  # a JPEG is decoded no larger than it has to be, others as they are
    turned = ImageOps.exif_transpose(image)
    made = _narrowed(turned if turned.mode in (("L", "RGB") if kind == "JPEG" else _DRAWN) else turned.convert("RGB"))
    made.info = {}
    about = {"quality": QUALITY, "progressive": True} if kind == "JPEG" else {}
    return _written([made], kind, icc_profile=None if image.mode == "CMYK" else colours, optimize=True, **about)


def _kind(image: Image.Image) -> str:
    if image.format == "WEBP":
        return "PNG" if image.mode == "RGBA" else "JPEG"
    return image.format or ""


def _narrowed(image: Image.Image) -> Image.Image:
    if image.width <= WIDEST:
        return image.copy()
    smooth = {"P": "RGBA", "1": "L"}.get(image.mode, image.mode)
    return image.convert(smooth).resize((WIDEST, max(1, image.height * WIDEST // image.width)), reducing_gap=2.0)


def _moving(image: Image.Image) -> Picture:
    """With all its frames and their times, and none of its comments."""
    frames, times = [], []
    for frame in ImageSequence.Iterator(image):
        times.append(frame.info.get("duration", 100))
        made = _narrowed(frame.convert("RGBA"))
        made.info = {}
        frames.append(made)
    if len(frames) == 1:
        return _written(frames, "GIF", optimize=True)
    rounds = {"loop": image.info["loop"]} if "loop" in image.info else {}
    more = {"save_all": True, "append_images": frames[1:], "duration": times, "disposal": 2}
    return _written(frames, "GIF", **more, **rounds)


def _written(frames: list[Image.Image], kind: str, **about: object) -> Picture:
    written = BytesIO()
    frames[0].save(written, kind, **about)
    return Picture(KINDS[kind], *frames[0].size, written.getvalue())


def _foreign(content: bytes) -> str:
    head = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")):
        return "An SVG can carry programs, and hardly any mail program shows one: please save it as a PNG."
    if content[4:8] == b"ftyp":
        return "It is a HEIC, an AVIF or a film: please save it as a JPEG, a PNG or a GIF."
    return "It is no picture of a kind that mail programs show: please take a PNG, a JPEG, a GIF or a WebP."
