"""Mails of a house: one that was sent, and one that came in."""

import json
from typing import Any

from sqlalchemy import select

from models.attachment import Attachment, Enclosure
from models.delivery import Addressee, Delivery
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail, State
from models.prompt import Prompt
from models.workspace import Workspace


def sent(tx: Any, workspace: Workspace, prompt: Prompt, email: str, secret: str) -> int:
    (number,) = Delivery.address(tx, "reminder", [Addressee(workspace.id, prompt.id, email)])
    payload = json.dumps({"RecordType": "Open", "Metadata": {"delivery": str(number)}, "Tag": secret})
    event = DeliveryEvent.receive(tx, type="Open", key=secret, payload=payload)
    tx.get_one(DeliveryEvent, event).delivery_id = number
    return number


def received(tx: Any, workspace: Workspace, secret: str, edition: int) -> tuple[int, int]:
    """A mail that failed, from a reader, with a file and as it went over the wire."""
    payload = json.dumps({"MessageID": secret, "Subject": secret}).encode()
    number = InboundEmail.receive(
        tx,
        provider_id=secret,
        payload=payload,
        sender="somebody@example.com",
        subject=secret,
        mime=secret.encode(),
        attachments=[Enclosure("notes.txt", "text/plain", "", secret.encode())],
    )
    email = tx.get_one(InboundEmail, number)
    email.workspace_id, email.text, email.kind, email.edition_id = workspace.id, secret, "letter", edition
    email.settle(State.FAILED, "could not be understood")
    return email.id, tx.scalar(select(Attachment.id).filter_by(inbound_email_id=email.id))
