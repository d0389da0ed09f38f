"""Header fields of a mail as it came, however broken: never an exception, always some text."""

from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

Pairs = list[tuple[str, str]]


def fields(mail: Message) -> Pairs:
    """Every field as (name, text): unfolded, bare 8-bit bytes read as UTF-8, encoded words decoded."""
    return [(name, words(value)) for name, value in _unfolded(mail)]


def field(mail: Message, name: str) -> str:
    """The first field of that name, or nothing."""
    return next((text for other, text in fields(mail) if other.lower() == name.lower()), "")


def people(mail: Message, name: str) -> Pairs:
    """(name, address) of everyone in all fields of that name. Words are decoded after the commas have been read."""
    texts = [value for other, value in _unfolded(mail) if other.lower() == name.lower()]
    return [(words(person), address) for person, address in getaddresses(texts) if address]


def words(text: str) -> str:
    """Decodes =?utf-8?q?…?= wherever it stands; what cannot be decoded stays as it is."""
    if "=?" not in text:
        return text
    try:
        return "".join(_decoded(part, charset) for part, charset in decode_header(text)).strip()
    except ValueError:
        return text


def readable(text: str) -> str:
    """The parser keeps 8-bit bytes as surrogates; they are mostly UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unfolded(mail: Message) -> Pairs:
    return [(name, " ".join(readable(str(value)).split())) for name, value in mail.raw_items()]


def _decoded(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "utf-8", "replace")
    except LookupError:
        return part.decode("utf-8", "replace")
