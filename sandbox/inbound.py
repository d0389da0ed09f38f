"""A raw mail becomes the JSON Postmark's inbound webhook carries."""

import uuid
from base64 import b64encode
from email import message_from_bytes
from email.message import Message
from typing import Any

from sandbox.addresses import mailbox_hash
from sandbox.headers import Pairs, field, fields, readable, words
from sandbox.headers import people as people_of
from sandbox.reply_text import stripped_reply

LIFTED = {"from", "to", "cc", "bcc", "subject", "date", "reply-to", "return-path"}
SPAM = [
    ("X-Spam-Checker-Version", "SpamAssassin 3.4.0 (2014-02-07) on p-pm-inboundg01a-aws-euwest1a"),
    ("X-Spam-Status", "No"),
    ("X-Spam-Score", "-0.1"),
    ("X-Spam-Tests", "DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS"),
]


def inbound_message(raw: bytes, inbound_address: str, recipient: str = "", raw_email: bool = False) -> dict[str, Any]:
    """Postmark's inbound JSON of a raw MIME message.

    `recipient` is the envelope recipient; without it, the To or Cc address at the inbound domain, else the first one.
    """
    mail = message_from_bytes(raw)
    people = {name: people_of(mail, name) for name in ("From", "To", "Cc", "Bcc", "Reply-To")}
    matched = recipient or _matched(people["To"] + people["Cc"] + people["Bcc"], inbound_address)
    sender = people["From"][0] if people["From"] else ("", "")
    message = {
        "MessageStream": "inbound",
        "MessageID": str(uuid.uuid4()),
        **_sender_keys(sender),
        **_recipient_keys(people, matched),
        "ReplyTo": ", ".join(email for _, email in people["Reply-To"]),
        "Subject": field(mail, "Subject"),
        "Date": field(mail, "Date"),
        "Tag": "",
        **_content_keys(mail),
        "Headers": _headers(mail, sender[1]),
    }
    return {**message, "RawEmail": raw.decode(errors="replace")} if raw_email else message


def _matched(people: Pairs, inbound_address: str) -> str:
    domain = "@" + inbound_address.lower().rpartition("@")[2]
    at_domain = [email for _, email in people if email.lower().endswith(domain)]
    return next(iter(at_domain or [email for _, email in people]), inbound_address)


def _sender_keys(sender: tuple[str, str]) -> dict[str, Any]:
    return {"From": sender[1], "FromName": sender[0], "FromFull": _full(sender)}


def _recipient_keys(people: dict[str, Pairs], matched: str) -> dict[str, Any]:
    """To, Cc and Bcc as text and in full. Bcc is only filled when the address is in neither To nor Cc."""
    listed = {email.lower() for _, email in people["To"] + people["Cc"]}
    groups = {"To": people["To"], "Cc": people["Cc"], "Bcc": [] if matched.lower() in listed else [("", matched)]}
    keys: dict[str, Any] = {"OriginalRecipient": matched, "MailboxHash": mailbox_hash(matched)}
    for name, group in groups.items():
        keys[name] = ", ".join(_display(pair) for pair in group)
        keys[f"{name}Full"] = [_full(pair) for pair in group]
    return keys


def _display(pair: tuple[str, str]) -> str:
    return f'"{pair[0]}" <{pair[1]}>' if pair[0] else pair[1]


def _full(pair: tuple[str, str]) -> dict[str, str]:
    return {"Email": pair[1], "Name": pair[0], "MailboxHash": mailbox_hash(pair[1])}


def _headers(mail: Message, sender: str) -> list[dict[str, str]]:
    """What is not lifted into keys of its own, after Return-Path, Received and the spam verdict."""
    given = [(name, text) for name, text in fields(mail) if name.lower() not in LIFTED]
    names = {name.lower() for name, _ in given}
    received = [pair for pair in given if pair[0].lower() == "received"]
    spam = [pair for pair in SPAM if pair[0].lower() not in names]
    if "received-spf" not in names:
        spam.append(("Received-SPF", f"pass (sender SPF authorized) identity=mailfrom; envelope-from={sender}"))
    others = [pair for pair in given if pair[0].lower() != "received"]
    path = field(mail, "Return-Path") or f"<{sender}>"
    return [{"Name": name, "Value": value} for name, value in [("Return-Path", path), *received, *spam, *others]]


def _content_keys(mail: Message) -> dict[str, Any]:
    text, html, attachments = _parts(mail)
    return {
        "TextBody": text,
        "HtmlBody": html,
        "StrippedTextReply": _stripped(mail, text),
        "Attachments": attachments,
    }


def _parts(mail: Message) -> tuple[str, str, list[dict[str, Any]]]:
    """Text, HTML and attachments of a mail; text parts without a file name are body, in their order."""
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    attachments = []
    for part in mail.walk():
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        if part.get_content_type() in texts and not part.get_filename() and not _is_attached(part):
            texts[part.get_content_type()].append(_body(part))
        elif not _is_inside_message(mail, part):
            attachments.append(_attachment(part))
    return "\n".join(texts["text/plain"]), "\n".join(texts["text/html"]), attachments


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_inside_message(mail: Message, part: Message) -> bool:
    """walk() also enters attached mails; their parts belong to the attachment."""
    inner = [one for one in mail.walk() if one.get_content_type() == "message/rfc822" and one is not part]
    return any(part is below for one in inner for below in one.walk())


def _body(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        text = content.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = content.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n")


def _attachment(part: Message) -> dict[str, Any]:
    payload = part.get_payload(decode=True)
    if part.get_content_type() == "message/rfc822":
        payload = b"".join(one.as_bytes() for one in part.get_payload() if isinstance(one, Message))
    content = payload if isinstance(payload, bytes) else b""
    return {
        "Name": words(readable(part.get_filename() or "")) or "attachment",
        "Content": b64encode(content).decode(),
        "ContentType": part.get_content_type(),
        "ContentLength": len(content),
        "ContentID": field(part, "Content-ID").strip("<>"),
    }


def _stripped(mail: Message, text: str) -> str:
    is_reply = field(mail, "In-Reply-To") or field(mail, "References")
    return stripped_reply(text) if is_reply and text else ""
