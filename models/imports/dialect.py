"""How a file of rows is written: its encoding, what separates its cells, what quotes them. Found, shown, corrected."""

import codecs
import re
from dataclasses import dataclass

import chardet
import clevercsv

LOOKED_AT = 64_000  # characters: what a dialect is found from
WEIGHED = 8_000  # characters: what a delimiter is found from, which takes time by their square
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "iso8859-15", "mac-roman", "cp850", "cp932", "euc-jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_LONG = re.compile(r"""([^,;\t|"\r\n]{30})[^,;\t|"\r\n]+""")  # what no delimiter is in
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "it is an old Excel workbook (.xls): save it as .xlsx, or as CSV, first",
    b"%PDF": "it is a PDF",
    b"\x1f\x8b": "it is compressed with gzip: unpack it first",
    b"{\\rtf": "it is a text document",
    b"<!DOCTYPE": "it is a web page",
    b"<html": "it is a web page",
    b"<?xml": "it is XML",
}


WORKBOOK = "xlsx"  # stands for the encoding of what is no text
_LOCKED = "it is an Excel workbook with a password: save it without one first"


class NoTable(ValueError):
    """Why a file cannot be read as rows, in words for whoever uploaded it. Never worth a retry."""

    retry = False


@dataclass(frozen=True)
class Dialect:
    encoding: str
    delimiter: str
    quote: str = '"'
    skipped: int = 0  # lines before the table: Excel's `sep=;`
    sheet: str = ""  # of a workbook

    @classmethod
    def of(cls, sample: bytes, encoding: str = "", delimiter: str = "") -> "Dialect":
        """The dialect of a file from its first bytes; what is given stays as given. Raises `NoTable`."""
        _refuse_what_is_something_else(sample)
        encoding = encoding or _encoding(sample)
        text = decoded(sample, encoding)[:LOOKED_AT]
        if not text.strip():
            raise NoTable("it is empty")
        if "\0" in text:
            raise NoTable("it is not text: it holds bytes that no table has")
        told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
        if told:
            return cls(encoding, delimiter or told[1], '"', 1)
        return cls(encoding, delimiter or _delimiter(text))


def decoded(sample: bytes, encoding: str) -> str:
    """As much of it as is whole: the last character may be cut."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return text.removeprefix("\ufeff")


def _refuse_what_is_something_else(sample: bytes) -> None:
    if not sample.strip(b"\0 \r\n\t"):
        raise NoTable("it is empty")
    start = sample.lstrip()[:16]
    if "EncryptedPackage".encode("utf-16-le") in sample and start.startswith(b"\xd0\xcf\x11\xe0"):
        raise NoTable(_LOCKED)
    for mark, reason in _OTHERS.items():
        if start.lower().startswith(mark.lower()):
            raise NoTable(reason)


def _encoding(sample: bytes) -> str:
    """By its mark, else where the zeros are, else whether it is UTF-8, and only then by its letters."""
    for mark, encoding in _MARKS.items():
        if sample.startswith(mark):
            return encoding
    if sample.count(0) > len(sample) // 5:
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    return "utf-8" if _is_utf8(sample) else _by_letters(sample)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _by_letters(sample: bytes) -> str:
    """Between kindred encodings a few names do not decide: then it is the one that most spreadsheets write."""
    era = chardet.EncodingEra.MODERN_WEB
    told = chardet.detect_all(sample[:LOOKED_AT], encoding_era=era)
    found = [(_named(each["encoding"] or ""), each["confidence"]) for each in told]
    known = [(name, weight) for name, weight in found if name in ENCODINGS]
    usual = next((weight for name, weight in known if name == "cp1252"), 0.0)
    return known[0][0] if known and known[0][1] > 1.6 * usual else "cp1252"


def _named(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return ""
    return {"shift_jis": "cp932", "euc_kr": "cp949", "euc_jp": "euc-jp", "gb2312": "gb18030"}.get(name, name)


def _delimiter(text: str) -> str:
    """By how regular the rows become with each: the measure of van den Burg et al., doi.org/10.1007/s10618-019-00646-y.

    One column has no delimiter; a comma does no harm then. Cells are cut, since the measure's patterns take half a
    minute for one that is an address of a thousand dots.
    """
    lines = text[:WEIGHED].rpartition("\n")[0] or text[:WEIGHED]
    lines = _LONG.sub(r"\1", lines)
    try:
        found = clevercsv.Sniffer().sniff(lines, delimiters=list(DELIMITERS))
    except clevercsv.Error:
        return ","
    return found.delimiter if found and found.delimiter in DELIMITERS else ","
