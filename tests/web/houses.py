"""Workspaces with one of everything that pages show: Ada's, and that of Charles, who must not see hers."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.db import transaction
from models.delivery import Addressee, Delivery
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail, State
from models.prompt import Prompt
from models.sign_in import SignIn
from models.user import User
from models.workspace import Workspace
from tests import people


@dataclass(frozen=True)
class Place:
    id: int
    owner: User
    member: User
    team: int
    seat: int
    other_seat: int
    delivery: int
    mail: int
    secret: str


def furnished(owner: str, member: str) -> Place:
    secret = f"what {owner} keeps to herself"
    with transaction() as tx:
        workspace = people.workspace(tx, owner, name=f"House of {owner}")
        team = people.team(tx, workspace, name=f"Team of {owner}")
        seat, other = people.seat(tx, team, owner), people.seat(tx, team, member, zone="UTC")
        prompt = Prompt.on(tx, other, date(2026, 3, 2))
        prompt.answer(tx, [("done", secret)])
        delivery = _delivery(tx, workspace, prompt, other.user.email, secret)
        mail = _mail(tx, workspace, secret)
    return Place(workspace.id, seat.user, other.user, team.id, seat.id, other.id, delivery, mail, secret)


def _delivery(tx: Any, workspace: Workspace, prompt: Prompt, email: str, secret: str) -> int:
    (number,) = Delivery.address(tx, "reminder", [Addressee(workspace.id, prompt.id, email)])
    payload = json.dumps({"RecordType": "Open", "Metadata": {"delivery": str(number)}, "Tag": secret})
    event = DeliveryEvent.receive(tx, type="Open", key=secret, payload=payload)
    tx.get_one(DeliveryEvent, event).delivery_id = number
    return number


def _mail(tx: Any, workspace: Workspace, secret: str) -> int:
    payload = json.dumps({"MessageID": secret, "Subject": secret}).encode()
    number = InboundEmail.receive(
        tx, provider_id=secret, payload=payload, sender="somebody@example.com", subject=secret
    )
    email = tx.get_one(InboundEmail, number)
    email.workspace_id, email.text = workspace.id, secret
    email.settle(State.FAILED, "could not be understood")
    return email.id


def link(user: User) -> str:
    with transaction() as tx:
        return SignIn.ask(tx, tx.get_one(User, user.id)).token
