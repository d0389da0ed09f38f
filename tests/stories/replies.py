"""People answer their mail, exactly as Postmark would send it, and what came of it."""

import re
import uuid
from datetime import time

from sqlalchemy import select

from models.db import transaction
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.team_member import TeamMember
from tests import people

SECRET = ("postmark", "the-one-before-it")
PASSED = {"Name": "X-Spam-Tests", "Value": "DKIM_SIGNED,DKIM_VALID,\tDKIM_VALID_AU,SPF_PASS"}


def team():
    with transaction() as tx:
        made = people.team(tx, people.workspace(tx))
        for name in ("Ada", "Grace", "Kenji"):
            people.seat(tx, made, name, zone="UTC", reminder=time(18), digest=time(9))
    return made


def write(postroom, message, text, sender="ada@example.com", headers=(), **more):
    """A mail that answers one of ours, exactly as Postmark would send it; the row that came of it."""
    payload = {
        "MessageID": str(uuid.uuid4()),
        "FromFull": {"Email": sender},
        "ToFull": [{"Email": message["ReplyTo"]}],
        "OriginalRecipient": message["ReplyTo"],
        "Subject": f"Re: {message['Subject']}",
        "TextBody": text,
        "Headers": list(headers),
        **more,
    }
    answer = postroom.web.post("/webhooks/postmark/inbound", json=payload, auth=SECRET)
    assert answer.status_code == 200
    postroom.settle()
    return one(InboundEmail, provider_id=payload["MessageID"])


def one(noun, **known):
    with transaction() as tx:
        return tx.scalars(select(noun).filter_by(**known)).one()


def said(**known):
    with transaction() as tx:
        found = tx.scalars(select(Entry).filter_by(**known).order_by(Entry.id)).all()
        return [(entry.kind, entry.body) for entry in found]


def outcome(mail):
    return mail.state, mail.kind or mail.reason


def seat(name):
    with transaction() as tx:
        return tx.scalars(select(TeamMember).join(TeamMember.user).filter_by(email=people.address(name))).one()


def link(message):
    return re.search(r"http\S+/((?:addresses|farewells|unsubscribe)/\S+)", message["TextBody"])[1]


def press(postroom, path):
    """Opens the page behind a link, which changes nothing, and presses its button."""
    page = postroom.web.get(f"/{path}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    answer = postroom.web.post(f"/{path}", data={"csrf_token": token[1]} if token else {})
    assert answer.status_code == 200
    postroom.settle()
    return answer.text
