"""What every peer does for one recipient: claim the row, fill in the letter, send it, write down the answer.

Runs in the peer's own Python, one connection and one session a thread, and imports nothing of ours.
"""

import json
import os
import threading
from pathlib import Path
from typing import Any

import psycopg2
import requests

CLAIM = """
    update peer_recipients set state = 'sending', claimed_at = now() where id = %s and state = 'queued'
    returning email, name
"""
RECORD = "update peer_recipients set state = 'sent', provider_id = %s, sent_at = now() where id = %s"
_local = threading.local()
_letter: dict[str, str] = {}


def send(number: int) -> None:
    """Autocommit: the claim is committed before the provider is called. Who finds it claimed does nothing."""
    claimed = _execute(CLAIM, [number])
    if claimed:
        answer = _session().post(f"{os.environ['POSTMARK_API_URL']}/email", json=message(number, *claimed), timeout=60)
        answer.raise_for_status()
        _execute(RECORD, [answer.json()["MessageID"], number])


def message(number: int, email: str, name: str) -> dict[str, Any]:
    letter = template()
    return {
        "From": "Notes <notes@example.com>",
        "To": email,
        "Subject": "Note G",
        "HtmlBody": _filled(letter["html"], number, email, name),
        "TextBody": _filled(letter["text"], number, email, name),
        "MessageStream": "broadcast",
        "Metadata": {"delivery": str(number)},
    }


def template() -> dict[str, str]:
    """Read once a process."""
    if not _letter:
        _letter.update(json.loads(Path(os.environ["PEERS_LETTER"]).read_text()))
    return _letter


def _filled(words: str, number: int, email: str, name: str) -> str:
    link = f"https://example.com/unsubscribe/{number}"
    words = words.replace("{{ name }}", name).replace("{{ email }}", email)
    return words.replace("{{ unsubscribe_link }}", link)


def _execute(statement: str, values: list[Any]) -> Any:
    with _connection().cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def _connection() -> Any:
    if not hasattr(_local, "connection"):
        _local.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _local.connection.autocommit = True
    return _local.connection


def _session() -> requests.Session:
    if not hasattr(_local, "session"):
        _local.session = requests.Session()
        _local.session.headers.update({"Accept": "application/json", "X-Postmark-Server-Token": "peers"})
    return _local.session
