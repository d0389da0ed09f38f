"""What a new workspace has done of all that makes it useful: asked of its rows, and stored nowhere."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

LOOKED_AT = 500  # of the first and of the last deliveries and mails: enough to know whether any got through


class Checklist(NamedTuple):
    closed_at: datetime | None  # when somebody put it away
    named: bool
    team: int | None  # the first, and the first newsletter
    publication: int | None
    people: bool  # somebody beside whoever set it up
    readers: bool  # a subscriber, or a page where people subscribe
    sent: bool  # a mail of a team or a newsletter, beside invitations to it
    delivered: bool
    answered: bool  # a mail of a person was understood
    heard: bool  # a webhook came, for whatever workspace

    @classmethod
    def of(cls, tx: Session, workspace_id: int) -> "Checklist":
        return cls(*tx.execute(_ASK, {"workspace": workspace_id, "looked_at": LOOKED_AT}).one())


_FEW = """
    (select {columns} from {table} where workspace_id = w.id order by id limit :looked_at)
    union all
    (select {columns} from {table} where workspace_id = w.id order by id desc limit :looked_at)
"""
_REAL = "('reminder', 'digest', 'trial', 'edition')"
_DELIVERIES = _FEW.format(columns="kind, state", table="deliveries")
_MAILS = _FEW.format(columns="kind, state", table="inbound_emails")

_ASK = text(f"""
    select w.checklist_closed_at, w.name <> '',
           (select min(id) from teams where workspace_id = w.id),
           (select min(id) from publications where workspace_id = w.id),
           exists (select from memberships where workspace_id = w.id offset 1)
           or exists (select from subscriptions where workspace_id = w.id),
           exists (select from subscriptions where workspace_id = w.id)
           or exists (select from publications where workspace_id = w.id and slug is not null),
           exists (select from ({_DELIVERIES}) d where kind in {_REAL} and state in ('sent', 'delivered')),
           exists (select from ({_DELIVERIES}) d where kind in {_REAL} and state = 'delivered'),
           exists (select from ({_MAILS}) m where state = 'processed' and kind in ('answer', 'comment', 'letter')),
           exists (select from delivery_events) or exists (select from inbound_emails)
    from workspaces w where w.id = :workspace
""")  # noqa: S608  (constants)
