"""Bytes as text, whatever charset they claim to be in.

Declared, then UTF-8, then windows-1252, which has a character for every byte. Nothing raises and nothing is dropped.
"""

import codecs

# Names that mail programs write and Python does not know, or means something narrower by.
ALIASES = {
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "windows-874": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "us-ascii": "",
    "ascii": "",
    "x-user-defined": "",
    "unknown-8bit": "",
    "default": "",
}
UNICODE = ("", "utf-8", "utf8", "utf-8mb4", "utf_8")


def text_of(raw: bytes, declared: str | None = None) -> str:
    """The text of these bytes, which may say what charset they are in, rightly or wrongly."""
    name = (declared or "").strip().strip("\"'").lower()
    charset = ALIASES.get(name, name)
    if charset in UNICODE:
        return _undeclared(raw) if not name else _unicode(raw)
    return _declared(raw, charset)


def _declared(raw: bytes, charset: str) -> str:
    """Text that is valid UTF-8, with letters beyond ASCII, is never windows-1252 by accident."""
    try:
        codec = codecs.lookup(charset)
        wide = charset in _WIDE or not codec._is_text_encoding
        return raw.decode(codec.name) if wide else raw.decode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        pass
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return _unicode(raw)


_WIDE = (
    "cp949",
    "cp932",
    "gb18030",
    "big5",
    "big5-hkscs",
    "euc-jp",
    "iso2022_jp_ext",
    "iso-2022-kr",
    "utf-7",
    "utf-16",
)


def _undeclared(raw: bytes) -> str:
    """Japanese mail is what most often goes without a charset."""
    for charset in ("utf-8", "iso2022_jp_ext" if b"\x1b$" in raw else "utf-8", "cp932"):
        try:
            text = raw.decode(charset)
        except UnicodeError:
            continue
        if charset != "cp932" or _is_japanese(text):
            return text
    return _unicode(raw)


def _is_japanese(text: str) -> bool:
    beyond = [character for character in text if character > "\x7f"]
    kana = [character for character in beyond if "\u3040" <= character <= "\u30ff"]
    return bool(beyond) and len(kana) * 5 >= len(beyond)


def _unicode(raw: bytes) -> str:
    """UTF-8, with windows-1252 for the bytes that are none: mails are put together from both."""
    if b"\x1b$" in raw or b"\x1b(B" in raw:
        try:
            return raw.decode("iso2022_jp_ext")
        except UnicodeError:
            pass
    return raw.decode("utf-8", "windows-1252")


def _one_by_one(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_SINGLE[byte] for byte in wrong), error.end


_SINGLE = [bytes([byte]).decode("cp1252", "ignore") or bytes([byte]).decode("latin-1") for byte in range(256)]
codecs.register_error("windows-1252", _one_by_one)
