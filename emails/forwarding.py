"""Passes a reader's letter on: its words as they were understood, and an address that answers the reader."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import Letter
from emails.template import Template
from models.db import by_id
from models.forwarding import Forwarding

_TEMPLATE = Template("forwarding")


def forwardings(tx: Session, ids: Iterable[int]) -> dict[int, Forwarding]:
    whole = (Forwarding.inbound_email, Forwarding.workspace, Forwarding.user)
    return by_id(tx, Forwarding, ids, *map(joinedload, whole))


def forwarding(each: Forwarding) -> Letter:
    mail = each.inbound_email
    letter = _TEMPLATE.fill(
        subject=" ".join(mail.subject.split()) or "without a subject",
        reader=mail.sender,
        by=each.user.display_name,
        note=each.note,
        body=mail.text,
        workspace=each.workspace.name,
        link=links.letter(each.workspace, mail.id),
    )
    return letter.addressed(reply_to=mail.sender)
