"""When the provider's latest word on an address was true: an older one that comes after it counts for nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Moment, Words, references


class LastHeard(Base):
    __tablename__ = "last_heard"

    workspace_id: Mapped[int] = references("workspaces.id", primary_key=True)
    stream: Mapped[Words] = mapped_column(primary_key=True)
    email: Mapped[Words] = mapped_column(primary_key=True)
    at: Mapped[Moment]  # by the provider's clock


def news(tx: Session, workspace_ids: Sequence[int], email: str, stream: str, at: datetime | None) -> list[int]:
    """Remembers it; the workspaces that have heard nothing later.

    at: None when the provider does not say, and so now. No word is from the future, whatever its clock says.
    """
    now = clock.now()
    about = {"workspaces": sorted(workspace_ids), "email": email.lower(), "stream": stream}
    return sorted(tx.scalars(_NEWS, about | {"at": min(at or now, now)}))


_NEWS = text("""
    insert into last_heard (workspace_id, stream, email, at)
    select unnest(cast(:workspaces as bigint[])), :stream, :email, cast(:at as timestamptz)
    on conflict (workspace_id, stream, email) do update set at = excluded.at where last_heard.at <= excluded.at
    returning workspace_id
""")
