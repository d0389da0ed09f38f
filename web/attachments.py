"""A file that came with a mail: handed over to be kept, never to be shown by a browser."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Blueprint, Response, abort
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.db import transaction
from models.inbound_email import InboundEmail, Kind
from web.visitor import everybody, visitor

page = Blueprint("attachments", __name__)


@page.get("/attachments/<id:attachment_id>")
@everybody
def show(attachment_id: int) -> Response:
    with transaction() as tx:
        file = _one(tx, attachment_id)
    return handed_over(file.stream(), named(file.name) | {"Content-Length": str(file.size)})


def handed_over(pieces: Iterator[bytes], headers: dict[str, str], kind: str = "application/octet-stream") -> Response:
    """As it is read, so that a large one is never whole in memory. 410 for what is no longer there."""
    first = next(pieces, None)
    return Response(chain([first], pieces), content_type=kind, headers=headers) if first is not None else abort(410)


def named(name: str) -> dict[str, str]:
    """The name in ASCII for all, and whole for those that know RFC 6266; nothing of it can end the header."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in name)
    whole = "".join(letter if letter.isprintable() and letter not in '/\\"' else "_" for letter in name)
    named = f"attachment; filename=\"{plain.strip('. ') or 'file'}\"; filename*=UTF-8''{quote(whole, safe='')}"
    return {"Content-Disposition": named}


def _one(tx: Session, attachment_id: int) -> Attachment:
    """Managers see all of the workspace's, editors those of readers' letters, the operators what is nobody's."""
    mail = InboundEmail
    ours = mail.workspace_id == visitor.workspace.id
    letters = ours & (mail.kind == Kind.LETTER)
    seen = (ours if visitor.manages else letters) if visitor.edits else ours & (mail.user_id == visitor.user.id)
    seen = or_(seen, mail.workspace_id.is_(None)) if visitor.operates else seen
    found = select(Attachment).join(mail, mail.id == Attachment.inbound_email_id)
    found = found.where(Attachment.id == attachment_id, seen)
    return tx.scalar(found) or abort(404)
