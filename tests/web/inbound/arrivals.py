"""Mails that came in and were understood, and what they said."""

import json
from datetime import UTC, datetime

from sqlalchemy import select

from emails import addresses
from emails.arrival import arrival
from jobs.inbound_emails import understand
from models.db import transaction
from models.entry import Entry
from models.inbound_email import InboundEmail


def take(prompt, text="- found a moth\n! no relays left\n\n-- \nGrace", sender="grace@example.com", **more):
    """Stores and understands a mail to Grace's address; its number."""
    to = addresses.reply_address(more.pop("token", prompt.reply_token))
    payload = {"MessageID": f"m{datetime.now(UTC).timestamp()}", "FromFull": {"Email": sender}, "Subject": "Re: it"}
    raw = json.dumps(payload | {"ToFull": [{"Email": to}], "TextBody": text} | more).encode()
    with transaction() as tx:
        number = InboundEmail.receive(tx, **arrival(raw))
    understand(number)
    return number


def email(number):
    with transaction() as tx:
        return tx.get_one(InboundEmail, number)


def said():
    with transaction() as tx:
        mine = select(Entry).where(Entry.inbound_email_id.is_not(None)).order_by(Entry.id)
        return [(entry.kind, entry.body) for entry in tx.scalars(mine)]
