"""Raw mail and attachments leave after a time; what was understood of them stays."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock

EXPIRED = "nobody said in time whose it is"


def incinerate(tx: Session, before: datetime, limit: int = 500) -> int:
    """The next mails that came before that moment; returns how many. What still waits for somebody is given up."""
    return len(tx.execute(_INCINERATE, {"before": before, "limit": limit, "now": clock.now(), "why": EXPIRED}).all())


def incinerate_now(tx: Session, email_id: int) -> None:
    """One mail, early."""
    tx.execute(_ONE, {"id": email_id, "now": clock.now(), "why": "incinerated before it was understood"})


_GONE = """
    mime as (delete from raw_mails where inbound_email_id in (select id from gone)),
    pieces as (delete from mail_pieces where inbound_email_id in (select id from gone)),
    files as (update attachments set content = null where inbound_email_id in (select id from gone))
    update inbound_emails e
    set payload = null, incinerated_at = :now, settled_at = coalesce(settled_at, :now),
        reason = case when state in ('held', 'received') then :why else reason end,
        state = case when state in ('held', 'received') then 'ignored' else state end
    from gone where e.id = gone.id
    returning e.id
"""

_INCINERATE = text(f"""
    with gone as (
        select id from inbound_emails
        where incinerated_at is null and received_at < :before and state <> 'received'
        order by received_at limit :limit for update skip locked
    ), {_GONE}
""")  # noqa: S608  (a constant)

_ONE = text(f"""
    with gone as (select id from inbound_emails where id = :id and incinerated_at is null for update), {_GONE}
""")  # noqa: S608  (a constant)
