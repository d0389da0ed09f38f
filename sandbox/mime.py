"""A sent message as it would arrive: MIME, with the headers Postmark adds and its unsubscribe link on broadcasts."""

import re
from base64 import b64decode, b64encode
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Any

from sandbox.clock import mail_date
from sandbox.server import SERVER_ID, Server

UNSUBSCRIBE = re.compile(r"\{\{\{\s*pm:unsubscribe(_url)?\s*\}\}\}")
OURS = ("content-", "mime-version")  # headers that follow from the bodies
MEDIA = ("text", "image", "audio", "video", "application")
UNFOLDED = SMTP.clone(max_line_length=990)  # long links in headers must not be broken into encoded words
Row = dict[str, Any]


def raw_message(server: Server, row: Row, letter: dict[str, Any]) -> bytes:
    mail = EmailMessage(SMTP)
    _add_headers(server, mail, row, letter)
    html, text = bodies(server, row, letter)
    if text or not html:
        mail.set_content(text)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    for attachment in letter.get("Attachments") or ():
        _attach(mail, attachment)
    return written(mail)


def written(mail: EmailMessage) -> bytes:
    try:
        return mail.as_bytes(policy=UNFOLDED)
    except UnicodeEncodeError:  # letters beyond ASCII where none may be encoded: an address, a Message-ID
        return mail.as_bytes(policy=UNFOLDED.clone(utf8=True))


def bodies(server: Server, row: Row, letter: dict[str, Any]) -> tuple[str, str]:
    """HTML and text as delivered: on a stream whose unsubscribes Postmark manages, with its link."""
    html, text = letter.get("HtmlBody") or "", letter.get("TextBody") or ""
    if not server.streams[row["MessageStream"]].manages_unsubscribes:
        return html, text
    link = unsubscribe_link(server, row)
    linked = f'<a href="{escape(link)}">Unsubscribe</a>'
    new_html = re.sub(r'(href\s*=\s*["\'])\s*\{\{\{\s*pm:unsubscribe\s*\}\}\}', rf"\g<1>{link}", html)
    new_html, new_text = UNSUBSCRIBE.sub(linked, new_html), UNSUBSCRIBE.sub(link, text)
    if html and new_html == html:
        new_html += f'<p style="font:12px sans-serif;color:#666">{linked} from this list.</p>'
    if text and new_text == text:
        new_text += f"\n\nUnsubscribe: {link}\n"
    return new_html, new_text


def unsubscribe_link(server: Server, row: Row) -> str:
    return f"{server.url}/unsubscribe/{row['id']}"


def _add_headers(server: Server, mail: EmailMessage, row: Row, letter: dict[str, Any]) -> None:
    custom = [(header["Name"], header.get("Value") or "") for header in letter.get("Headers") or ()]
    custom = [(name, value) for name, value in custom if name and not name.lower().startswith(OURS)]
    managed = server.streams[row["MessageStream"]].manages_unsubscribes
    if managed:
        custom = [(name, value) for name, value in custom if not name.lower().startswith("list-unsubscribe")]
        link = unsubscribe_link(server, row)
        custom += [("List-Unsubscribe", f"<{link}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    kept = {name.lower() for name, _ in custom}
    for name, value in _own_headers(row, letter):
        if value and name.lower() not in kept:
            add_header(mail, name, value)
    for name, value in custom:
        add_header(mail, name, value)


def _own_headers(row: Row, letter: dict[str, Any]) -> list[tuple[str, str]]:
    tag = b64encode(row["Tag"].encode()).decode() or "_"
    return [
        ("From", letter.get("From") or row["From"]),
        ("To", row["To"]),
        ("Cc", row["Cc"]),
        ("Reply-To", row["ReplyTo"]),
        ("Subject", row["Subject"]),
        ("Date", mail_date(row["accepted_at"])),
        ("Message-ID", f"<{row['id']}@mtasv.net>"),
        ("X-PM-Message-Id", row["id"]),
        ("X-PM-Tag", row["Tag"]),
        ("Feedback-ID", f"s{SERVER_ID}-{tag}:s{SERVER_ID}:a1:postmark"),
        ("X-Complaints-To", "abuse@postmarkapp.com"),
    ]


def add_header(mail: EmailMessage, name: str, value: str) -> None:
    """A header of a wrong shape is shown under another name, not refused."""
    clean = " ".join(value.splitlines())
    try:
        mail[name] = clean
    except (ValueError, IndexError, AttributeError):
        mail[f"X-Unreadable-{name}"] = clean.encode("ascii", "replace").decode()


def _attach(mail: EmailMessage, attachment: dict[str, Any]) -> None:
    main, sub = _media_type(str(attachment.get("ContentType") or ""))
    cid = str(attachment.get("ContentID") or "").removeprefix("cid:")
    mail.add_attachment(
        attached_bytes(attachment),
        maintype=main,
        subtype=sub,
        filename=attachment.get("Name"),
        disposition="inline" if cid else "attachment",
        cid=f"<{cid}>" if cid else None,
    )


def attached_bytes(attachment: dict[str, Any]) -> bytes:
    """Empty when the base64 is broken."""
    try:
        return b64decode(attachment["Content"])
    except ValueError:
        return b""


def _media_type(given: str) -> tuple[str, str]:
    main, _, sub = given.partition(";")[0].strip().lower().partition("/")
    return (main, sub) if main in MEDIA and sub else ("application", "octet-stream")
