"""The demo's team comes as a file: written as a spreadsheet would, sent to Postroom, checked, run."""

import csv
import io
from collections.abc import Callable
from typing import Any

import requests

from config import settings
from local.cast import CAST, TEAM

COLUMNS = ("Name", "E-mail", "Team", "Time zone", "Reminder", "Digest")
NAME = "team.csv"


def written() -> bytes:
    """With semicolons and a byte order mark, as Excel saves it in half of Europe."""
    file = io.StringIO()
    table = csv.writer(file, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for part in CAST:
        hours = (f"{part.reminder:%H:%M}", f"{part.digest:%H:%M}")
        table.writerow((part.name, part.email, TEAM, part.zone, *hours))
    return file.getvalue().encode("utf-8-sig")


def upload(key: str, settle: Callable[[], None], say: Callable[[str], None]) -> int:
    """Sends the file with that API key; returns how many rows it made members of the team."""
    content = written()
    say(f"  {NAME}, {len(content)} bytes, is uploaded")
    number = _call("POST", f"?kind=team_members&name={NAME}&invite=yes", key, data=content)["id"]
    settle()
    checked = _call("GET", f"/{number}", key)
    say(f"  read as {checked['encoding']}, {checked['delimiter']!r} between its columns: {_named(checked)}")
    say(f"  every row is checked, and nothing has changed: {_counted(checked['forecast'])}")
    _call("POST", f"/{number}/run", key)
    settle()
    done = _call("GET", f"/{number}", key)
    say(f"  it is run: {_counted(done['states'])}, {done['state']}")
    return int(done["states"].get("created", 0))


def _named(checked: dict[str, Any]) -> str:
    return ", ".join(word for word in checked["mapping"] if word)


def _counted(states: dict[str, int]) -> str:
    return " + ".join(f"{count} {state}" for state, count in states.items() if count)


def _call(method: str, path: str, key: str, **body: Any) -> dict[str, Any]:
    url = f"{settings.base_url}/api/v1/imports{path}"
    answer = requests.request(method, url, headers={"Authorization": f"Bearer {key}"}, timeout=10, **body)
    if not answer.ok:
        raise RuntimeError(f"{method} {url}: {answer.status_code} {answer.text[:500]}")
    return answer.json()
