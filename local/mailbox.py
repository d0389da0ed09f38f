"""The sandbox as people use it: the mails that came, and answering them."""

from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

import requests

from config import settings
from local.cast import Part


def messages(tag: str | None = None) -> list[dict[str, Any]]:
    """What has been accepted, oldest first."""
    return get("/sandbox/messages", limit=500, **({"tag": tag} if tag else {}))["messages"][::-1]


def summary() -> dict[str, Any]:
    return get("/sandbox/record/summary")


def accepted() -> set[int]:
    """Our ids of the deliveries that the sandbox has."""
    return {int(message["Metadata"]["delivery"]) for message in get("/sandbox/record", limit=10_000)["messages"]}


def reply(message: dict[str, Any], **words: str) -> None:
    """`text`, `html`, and `client`, the mail program it is written with."""
    post(f"/sandbox/messages/{message['id']}/reply", json={name: said for name, said in words.items() if said})


def reply_raw(message: dict[str, Any], part: Part, when: str) -> None:
    """In the part's own encoding, as no program of the sandbox writes it."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{part.name} <{part.email}>", message["ReplyTo"]
    mail["Subject"] = f"AW: {message['Subject']}"
    mail["Message-ID"] = f"<{message['id']}@mail.northwind.example>"
    mail["In-Reply-To"] = f"<{message['id']}@mtasv.net>"
    quoted = "".join(f"> {line}\n" for line in message["TextBody"].splitlines())
    mail.set_content(f"{part.text}\n\n-- \n{part.name}\n\nAm {when} schrieb Product:\n{quoted}", charset=part.charset)
    post(f"/sandbox/inbound?to={quote(message['ReplyTo'])}", data=mail.as_bytes())


def get(path: str, **query: Any) -> dict[str, Any]:
    answer = requests.get(settings.postmark_api_url + path, params=query, timeout=10)
    answer.raise_for_status()
    return answer.json()


def post(path: str, **body: Any) -> None:
    requests.post(settings.postmark_api_url + path, timeout=10, **body).raise_for_status()
