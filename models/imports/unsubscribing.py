"""Subscriptions that an import made go again, unless something has come of them; then what it told of the contacts.

Who has got an edition keeps their subscription: the link in it by which they leave works for ever.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models import clock
from models.imports.decision import Done, Return
from models.imports.file import Import
from models.imports.unlearning import unlearn
from models.subscription import State


def unsubscribe(tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
    """`{id of the row: what stays, and why}`."""
    made = {row.subject_id: row for row in done if row.has_made}
    tx.execute(_LOCK, {"ids": list(made)})
    found = {each.id: each for each in tx.execute(_LOOK_UP, {"ids": list(made)})}
    stay = {made[number].id: why for number, each in found.items() if (why := _need(made[number], each))}
    going = [number for number in found if made[number].id not in stay]
    for statement in (_CANCEL, _DELETE):
        tx.execute(statement, {"ids": going, "now": clock.now()})
    returns = unlearn(tx, imported, [row for row in done if row.id not in stay])
    return returns | {number: Return(kept=[why]) for number, why in stay.items()}


def _need(row: Done, found: Row[Any]) -> str:
    if found.state != State.ACTIVE:
        return f"{found.state} since"
    if found.paused_until or found.has_moved:
        return "has left or paused since"
    if found.consent != row.changes["subscription"][1]:
        return "changed since: how they agreed"
    return "has been sent an edition since" if found.was_sent else ""


_LOCK = text("select from subscriptions where id = any(:ids) order by id for update")

_LOOK_UP = text("""
    select s.id, s.state, s.consent, s.paused_until,
           (select count(*) > 1 from subscription_changes where subscription_id = s.id) as has_moved,
           exists (select from editions e join deliveries d on d.kind = 'edition' and d.source_id = e.id
                   where e.publication_id = s.publication_id and d.recipient = c.email
                     and d.state not in ('queued', 'canceled', 'suppressed')) as was_sent
    from subscriptions s join contacts c on c.id = s.contact_id
    where s.id = any(:ids)
""")

_CANCEL = text("""
    update deliveries d set state = 'canceled', reason = 'the import was undone', settled_at = :now
    from subscriptions s join contacts c on c.id = s.contact_id join editions e on e.publication_id = s.publication_id
    where s.id = any(:ids) and d.kind = 'edition' and d.source_id = e.id and d.recipient = c.email
      and d.state = 'queued'
""")

_DELETE = text("delete from subscriptions where id = any(:ids)")
