"""What a workspace's own mail has shown of addresses: those that bounced, complained, or are suppressed."""

from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.report import FATAL
from models.verifying.verdict import Evidence, Verdict


def past(tx: Session, workspace_id: int, emails: Collection[str]) -> dict[str, Evidence]:
    """By address, the worst of what is known; nothing of those about whom there is nothing to tell.

    An address that bounced for good, and whose suppression still stands, gets no mail; the rest is a risk.
    """
    values = {"workspace": workspace_id, "emails": list(emails), "fatal": list(FATAL)}
    rows = tx.execute(_PAST, values) if emails else ()
    return {row.email: Evidence("history", Verdict(row.result), row.detail) for row in rows}


_PAST = text("""
    select distinct on (email) email, result, detail
    from (
        select email,
               case when lifted_at is not null or not reason = any(:fatal) then 'risky' else 'undeliverable' end result,
               case when lifted_at is null then 'suppressed here: ' || reason || ', on the stream ' || stream
                    else 'was suppressed here until ' || to_char(lifted_at, 'YYYY-MM-DD') || ': ' || reason
               end as detail
        from suppressions where workspace_id = :workspace and email = any(:emails)
        union all
        select c.email, case s.state when 'bounced' then 'undeliverable' else 'risky' end,
               case s.state when 'bounced' then 'mail to it bounced here before'
                    else 'complained here of mail as spam' end
        from contacts c join subscriptions s on s.contact_id = c.id
        where c.workspace_id = :workspace and c.email = any(:emails) and s.state in ('bounced', 'complained')
    ) known
    order by email, result desc, detail
""")
