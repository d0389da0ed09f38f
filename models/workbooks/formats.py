"""What a number in a cell looks like, by its format: ECMA-376 part 1, 18.8.30 and 18.17.4.

Days are written as ISO 8601 does, whatever the country of the spreadsheet; other numbers plainly, without thousands.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
_ISO = "yyyy-mm-dd"
BUILT_IN = (
    {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 20: "h:mm", 21: "h:mm:ss", 22: f"{_ISO} h:mm"}
    | dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), _ISO)
    | dict.fromkeys((18, 19, 32, 33, 34, 35, 45, 47), "h:mm:ss")
    | {46: "[h]:mm:ss"}
)
_LAST = 2_958_465  # 9999-12-31


class Look(NamedTuple):
    """What of a number a format shows."""

    day: bool = False
    hour: bool = False
    elapsed: bool = False  # hours that do not begin again at 24
    percent: bool = False
    digits: int = 0  # with noughts in front


@lru_cache(maxsize=4096)
def look(code: str) -> Look:
    """Of a format as it is written: `0.00`, `dd.mm.yyyy`, `[h]:mm`, `00000`."""
    first = code.partition(";")[0]
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.', "", first).lower()
    elapsed = bool(re.search(r"\[(h+|m+|s+)\]", plain))
    plain = re.sub(r"\[[^\]]*\]", "", plain) if not elapsed else plain
    if plain in ("general", "", "@"):
        return Look()
    day, hour = bool(re.search("[yd]|mmm", plain)), bool(re.search("[hs]", plain))
    day = day or ("m" in plain and not hour)
    zeros = len(plain) if set(plain) == {"0"} else 0
    return Look(day, hour, elapsed, "%" in plain, zeros)


def shown(number: str, seen: Look, since_1904: bool) -> str:
    """A number as the cell has it; as it stands, if it is none."""
    try:
        value = float(number)
    except ValueError:
        return number
    if (seen.day or seen.hour) and 0 <= value <= _LAST:
        return _moment(value, seen, since_1904)
    if seen.percent:
        return f"{_plain(value * 100)}%"
    return f"{value:0{seen.digits}.0f}" if seen.digits else _plain(value)


def iso(text: str) -> str:
    """A day that is written out: `2026-03-01T00:00:00` is a day and no hour."""
    return re.sub(r"[T ]00:00(:00(\.0+)?)?Z?$", "", text).replace("T", " ").removesuffix("Z")


def _plain(value: float) -> str:
    """Spreadsheets keep fifteen digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def _moment(value: float, seen: Look, since_1904: bool) -> str:
    """Day 60 of the usual calendar is a 29 February 1900, which never was: days before it count from one later."""
    seconds = round(value * 86_400)
    if seen.elapsed:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if value < 60 else 30)  # noqa: DTZ001
    moment = start + timedelta(seconds=seconds)
    hour = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if not seen.day:
        return hour
    has_hour = seen.hour and (moment.hour or moment.minute or moment.second)
    return f"{moment:%Y-%m-%d} {hour}" if has_hour else f"{moment:%Y-%m-%d}"
