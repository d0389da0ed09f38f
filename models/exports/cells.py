"""What cells of a file say."""

import json
from datetime import UTC, datetime

_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def words(value: object) -> str:
    """Moments are ISO 8601 in UTC; None is blank."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)


def harmless(value: object) -> str:
    """Spreadsheets calculate what begins like a formula: owasp.org/www-community/attacks/CSV_Injection."""
    said = words(value)
    return f"'{said}" if isinstance(value, str | list) and said.startswith(_ACTS) else said
