"""Subscriptions and the provider's own list of who unsubscribed: each follows the other.

Where Postmark manages unsubscribes, its link leaves a whole stream, and so everything that a workspace sends on it. Who
comes back with Postmark comes back here. Postmark is told who leaves their last newsletter here, and who returns.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.stream import Stream
from models.subscription import cancel_copies
from models.subscription_change import SET, Change, How

LOOKS_BACK = timedelta(hours=1)


def leave(tx: Session, workspace_ids: Sequence[int], email: str, words: str) -> None:
    """They left with Postmark: everything on the stream."""
    gone = list(tx.scalars(_LEAVE, _about(workspace_ids, email, words)))
    cancel_copies(tx, gone, "unsubscribed before it was sent")


def come_back(tx: Session, workspace_ids: Sequence[int], email: str, words: str) -> None:
    """Postmark sends to them again: what they left with it, and nothing else, begins once more."""
    tx.execute(_COME_BACK, _about(workspace_ids, email, words))


def compare(tx: Session) -> None:
    """Notes what Postmark is to be told of the changes of the last hour. A repeat notes nothing."""
    now = clock.now()
    values = {"stream": settings.broadcast_stream, "now": now, "since": now - LOOKS_BACK}
    tx.execute(_DEPARTED, values)
    tx.execute(_RETURNED, values)


def is_managed(tx: Session, stream: str) -> bool:
    """Whether Postmark manages who unsubscribes from it, which is so unless an operator has said otherwise."""
    return tx.scalar(select(Stream.unsubscribes).filter_by(name=stream)) != "ours"


def _about(workspace_ids: Sequence[int], email: str, words: str) -> dict[str, object]:
    about = {"workspaces": list(workspace_ids), "email": email.lower(), "now": clock.now()}
    return about | Change(How.POSTMARK, email, words).values


_LEAVE = text(f"""
    update subscriptions s set state = 'unsubscribed', left_at = :now, paused_until = null,
        {SET}
    from contacts c
    where c.id = s.contact_id and c.workspace_id = any(:workspaces) and c.email = :email and s.state = 'active'
    returning s.id
""")  # noqa: S608  (a constant)

_COME_BACK = text(f"""
    update subscriptions s set state = 'active', left_at = null,
        {SET}
    from contacts c
    where c.id = s.contact_id and c.workspace_id = any(:workspaces) and c.email = :email
      and s.state in ('unsubscribed', 'bounced') and s.changed_how = 'Postmark'
""")  # noqa: S608  (a constant)

# One Postmark server is everybody's: only who subscribes to nothing at all, in no workspace, has left its stream.
_DEPARTED = text("""
    insert into suppressions (workspace_id, email, stream, reason, origin, created_at, wants)
    select distinct c.workspace_id, c.email, :stream, 'ManualSuppression', 'Customer', cast(:now as timestamptz),
           'suppress'
    from publications p
    join subscription_changes h on h.publication_id = p.id and h.at > :since
    join subscriptions s on s.id = h.subscription_id and s.state = 'unsubscribed' and s.changed_how <> 'Postmark'
    join contacts c on c.id = s.contact_id
    where h.after = 'unsubscribed'
      and coalesce((select unsubscribes from streams where name = :stream), 'postmark') = 'postmark'
      and not exists (select from contacts same join subscriptions other on other.contact_id = same.id
                      where same.email = c.email and other.state = 'active')
    on conflict (workspace_id, email, stream) do update
    set reason = excluded.reason, origin = excluded.origin, created_at = excluded.created_at, lifted_at = null,
        wants = excluded.wants, told = ''
    where suppressions.lifted_at is not null and suppressions.lifted_at < :since
""")

_RETURNED = text("""
    update suppressions x set lifted_at = :now, lifted_because = 'subscribed again', wants = 'reactivate', told = ''
    from publications p
    join subscription_changes h on h.publication_id = p.id and h.at > :since
    join subscriptions s on s.id = h.subscription_id and s.state = 'active'
    join contacts c on c.id = s.contact_id
    where h.after = 'active' and h.before in ('unsubscribed', 'unconfirmed') and h.how <> 'Postmark'
      and x.workspace_id = c.workspace_id and x.email = c.email and x.stream = :stream
      and x.reason = 'ManualSuppression' and x.lifted_at is null and x.created_at < h.at
""")
