"""Received mail, understood."""

from sqlalchemy.orm import Session

from emails import reply_text, routing
from emails.entries import entries
from emails.inbound import Received
from jobs.deliveries import nudge
from jobs.door import job
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.inbound_email import InboundEmail, State, clean
from models.prompt import Prompt
from models.rejection import Reason, Rejection
from models.workspace import Workspace


@job(queue="high", timeout=60)
def understand(inbound_email_id: int) -> None:
    """Finds out what a stored mail answers and records what it says. A repeat does nothing."""
    with transaction() as tx:
        email = InboundEmail.open(tx, inbound_email_id)
        notes = _understand(tx, email, Received.read(email.payload)) if email else []
    nudge("rejection", notes)


def _understand(tx: Session, email: InboundEmail, received: Received) -> list[int]:
    """Settles the mail; returns the deliveries of what we have to say to its sender."""
    prompt = routing.prompt_for(tx, received)
    email.prompt_id = prompt.id if prompt else None
    workspace = routing.workspace_for(tx, received, prompt)
    email.workspace_id = workspace.id if workspace else None
    if sign := received.machine:
        email.settle(State.IGNORED, sign.words)
        return []
    if prompt is None:
        return _reject(tx, email, workspace, Reason.UNKNOWN_ADDRESS)
    if received.sender != prompt.member.user.email:
        return _reject(tx, email, workspace, Reason.OTHER_SENDER)
    if prompt.member.left_at:
        return _reject(tx, email, workspace, Reason.LEFT)
    return [] if _record(tx, email, received, prompt) else _reject(tx, email, workspace, Reason.NOTHING_FOUND)


def _record(tx: Session, email: InboundEmail, received: Received, prompt: Prompt) -> bool:
    """Whether the mail said anything."""
    reply = reply_text.extract(received.text, received.html, anchors=routing.anchors(prompt))
    email.text, email.confident, email.parser_version = clean(reply.text), reply.confident, reply_text.VERSION
    email.elided = [{"kind": piece.kind, "text": clean(piece.text)} for piece in reply.elided]
    lines = [(line.kind, line.text) for line in entries(email.text)]
    if lines:
        prompt.answer(tx, lines, email)
        email.settle(State.PROCESSED)
    return bool(lines)


def _reject(tx: Session, email: InboundEmail, workspace: Workspace | None, reason: Reason) -> list[int]:
    """Nobody's installation yet: there is nobody to answer in whose name."""
    email.settle(State.BOUNCED, reason)
    rejection_id = Rejection.write(tx, email, workspace, reason) if workspace else None
    to = [Addressee(workspace.id, rejection_id, email.sender)] if workspace and rejection_id else []
    return Delivery.address(tx, "rejection", to)
