"""An edition's audience, frozen: a copy for everybody whom it reaches at one moment.

It is chosen into a temporary table first, which PostgreSQL does on several cores and does not when it inserts, in the
order in which the copies' unique index has them. Then it is inserted as it stands: the edition has just begun to be
addressed, by nobody else, so those who are chosen have no copies yet, and that index would refuse a second one.
"""

from typing import Any

from sqlalchemy import Executable, Select, case, column, func, insert, literal, select, table, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

from config import settings
from models.delivery import Delivery
from models.edition import Edition
from models.reach import Reach
from models.segments.people import MEMORY

CHOSEN = table("chosen", column("recipient"), column("held"), column("everybody"))  # as `Reach.chosen` has them


class Choice(Executable, ClauseElement):
    """`create temp table chosen as`: with bound values, which SQLAlchemy's own would write out."""

    inherit_cache = False

    def __init__(self, people: Select[Any]) -> None:
        self.people = people


@compiles(Choice)
def _choice(element: Choice, compiler: SQLCompiler, **options: Any) -> str:
    return f"create temp table chosen as {compiler.process(element.people, **options)}"


def freeze(tx: Session, edition: Edition, *, late: bool = False) -> tuple[int, int]:
    """A delivery for everybody who gets it now, and for the suppressed: how many, and how many others subscribe.

    late: for those alone who came since it was published, and have no copy.
    """
    reach = Reach.of(tx, edition)
    tx.execute(MEMORY)
    tx.execute(Choice(reach.chosen(late=late)))
    count, everybody = tx.execute(select(func.count(), func.max(CHOSEN.c.everybody)).select_from(CHOSEN)).one()
    tx.execute(insert(Delivery).from_select(list(_COPY), _copies(reach), include_defaults=False))
    tx.execute(text("drop table chosen"))
    return count, (reach.subscribers(tx) if everybody is None else everybody) - count


def _copies(reach: Reach) -> Select[Any]:
    now, held = literal(reach.scope.now), CHOSEN.c.held.is_not(None)
    about = (literal(reach.edition.workspace_id), literal("edition"), literal(reach.edition.id), CHOSEN.c.recipient)
    state = case((held, "suppressed"), else_="queued")
    said = (literal(settings.broadcast_stream), state, func.coalesce(CHOSEN.c.held, ""), literal(0), now)
    return select(*about, *said, case((held, now)), now)


_COPY = (
    *("workspace_id", "kind", "source_id", "recipient", "stream", "state", "reason", "attempts", "due_at"),
    *("settled_at", "created_at"),
)
