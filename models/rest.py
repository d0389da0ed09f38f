"""Who did not get an edition, and may have it once more: it failed, bounced or was canceled; they still subscribe."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock
from models.subscription import LISTENS

# Who of some deliveries `d`, of the edition `e`, may have it once more.
STILL_WANTED = f"""
    exists (select from subscriptions s join contacts c on c.id = s.contact_id
            where c.workspace_id = d.workspace_id and c.email = d.recipient
              and s.publication_id = e.publication_id and {LISTENS})
    and not exists (select from suppressions x where x.workspace_id = d.workspace_id and x.email = d.recipient
                                                 and x.stream = d.stream and x.lifted_at is null)
"""  # noqa: S608  (a constant)


def count(tx: Session, edition_id: int, *, canceled: bool) -> int:
    """Of a canceled one, also those whose rows do not say so yet."""
    states = ["failed", "bounced", "canceled", *(["queued"] if canceled else [])]
    return tx.scalar(_COUNT, {"edition": edition_id, "states": states, "now": clock.now()}) or 0


_COUNT = text(f"""
    select count(*) from deliveries d join editions e on e.id = d.source_id
    where e.id = :edition and d.kind = 'edition' and d.state = any(:states) and {STILL_WANTED}
""")  # noqa: S608  (a constant)
