"""What came in lately: what people wrote to a workspace, and who subscribed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock

RECENT = timedelta(days=1)
MOST = 5  # of each kind
LOOKED_AT = 200  # of the newest mails: most of what comes is written by people


class Arrived(NamedTuple):
    kind: str  # answer, correction, comment or letter; or subscriber
    number: int  # of the mail, or of the contact
    who: str
    about: str  # the mail's subject, or the newsletter's name
    at: datetime


def latest(tx: Session, workspace_id: int, *, manages: bool = True) -> Sequence[Arrived]:
    """Of the last day, newest first. Whoever writes newsletters reads letters; the other mails are for managers."""
    asked = {"workspace": workspace_id, "manages": manages, "since": clock.now() - RECENT, "most": MOST}
    found = [Arrived(*row) for row in tx.execute(_LATEST, {**asked, "looked_at": LOOKED_AT})]
    return sorted(found, key=lambda each: each.at, reverse=True)


_LATEST = text("""
    (select m.kind, m.id as number, coalesce(nullif(u.name, ''), m.sender) as who, m.subject as about,
            m.received_at as at
     from (select id, kind, state, sender, subject, user_id, edition_id, received_at from inbound_emails
           where workspace_id = :workspace order by id desc limit :looked_at) m
     left join users u on u.id = m.user_id
     where m.state = 'processed' and m.received_at > :since
       and (m.kind = 'letter' and m.edition_id is not null
            or :manages and m.kind in ('answer', 'correction', 'comment'))
     order by m.id desc limit :most)
    union all
    (select 'subscriber', c.id, coalesce(nullif(c.name, ''), c.email), p.name, s.created_at
     from publications p
     cross join lateral (
         select contact_id, created_at from subscriptions
         where publication_id = p.id and state = 'active' order by id desc limit :most) s
     join contacts c on c.id = s.contact_id
     where p.workspace_id = :workspace and s.created_at > :since
     order by s.created_at desc limit :most)
""")
