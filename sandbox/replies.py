"""Writing the reply a person sends to a message: addressed, threaded and quoted as their mail program does it."""

import re
import time
import uuid
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from html import escape, unescape
from typing import Any

from sandbox.clock import mail_date
from sandbox.forms import Upload
from sandbox.mailers import PROGRAMS, Answer, Original
from sandbox.mime import add_header, bodies, written
from sandbox.server import Server

BODY = re.compile(r"<body[^>]*>(.*?)</body>", re.DOTALL | re.IGNORECASE)
NOT_SHOWN = re.compile(r"<(style|script|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h\d)>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]+>")
Row = dict[str, Any]


def reply_to(row: Row) -> str:
    """Where an answer goes: Reply-To, else From."""
    return str(row["ReplyTo"] or row["From"])


def reply(server: Server, row: Row, sender: str, client: str, text: str, html: str, uploads: list[Upload]) -> bytes:
    """The raw mail. `sender` is who answers; `client` one of mailers.PROGRAMS; either of text and html may be empty."""
    program = PROGRAMS[client]
    answer = Answer(text or as_text(html), html or "<br>".join(escape(text).split("\n")))
    quoting = program.shape(answer, _original(server, row))
    domain = program.id_domain or sender.rpartition("@")[2].rstrip(">")
    mail = EmailMessage(SMTP)
    for name, value in _headers(
        row, sender, _message_id(server, row), f"<{uuid.uuid4().hex}@{domain}>", program.mailer
    ):
        add_header(mail, name, value)
    mail.set_content(quoting.text)
    if quoting.html:
        mail.add_alternative(quoting.html, subtype="html")
    for upload in uploads:
        main, _, sub = upload.type.partition("/")
        mail.add_attachment(upload.content, maintype=main, subtype=sub or "octet-stream", filename=upload.name)
    return written(mail)


def as_text(html: str) -> str:
    """A plain reading of HTML: tags gone, block ends as line breaks."""
    plain = TAGS.sub("", BREAKS.sub("\n", NOT_SHOWN.sub("", html)))
    return "\n".join(line.rstrip() for line in unescape(plain).split("\n")).strip()


def _message_id(server: Server, row: Row) -> str:
    """What the original went out with: a Message-ID header of its own, else Postmark's."""
    headers = (server.letters.get(row["seq"]) or {}).get("Headers") or ()
    own = [header.get("Value") for header in headers if header["Name"].lower() == "message-id"]
    return next(filter(None, own), f"<{row['id']}@mtasv.net>")


def _headers(row: Row, sender: str, original: str, message_id: str, mailer: str) -> list[tuple[str, str]]:
    subject = row["Subject"]
    found = [
        ("From", sender),
        ("To", reply_to(row)),
        ("Subject", subject if subject.lower().startswith("re:") else f"Re: {subject}"),
        ("Date", mail_date(time.time())),
        ("Message-ID", message_id),
        ("In-Reply-To", original),
        ("References", original),
    ]
    return [*found, ("X-Mailer", mailer)] if mailer else found


def _original(server: Server, row: Row) -> Original:
    letter = server.letters.get(row["seq"]) or {}
    html, text = bodies(server, row, letter)
    body = BODY.search(html)
    shown = body.group(1) if body else html or "<br>".join(escape(text).split("\n"))
    at = datetime.fromtimestamp(row["accepted_at"], UTC)
    return Original(letter.get("From") or row["From"], row["To"], row["Subject"], at, text or as_text(html), shown)
