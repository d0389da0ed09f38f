"""An address that must not be mailed on a stream, and why. One list for everything that a workspace sends.

Postmark keeps a list of its own for each stream. What we add or lift it is told: `wants` says what it has not been told
yet, and `told` what it answered to that.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Index, Select, UniqueConstraint, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import CreatedAt, Id, Words, references

PAGE = 50  # Postmark takes no more at once


class Wants(StrEnum):
    """What the provider is to do with an address."""

    NOTHING = ""
    SUPPRESS = "suppress"
    REACTIVATE = "reactivate"


class Suppression(Base):
    __tablename__ = "suppressions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email", "stream"),
        Index("ix_suppressions_workspace_id_id", "workspace_id", "id"),
        Index("ix_suppressions_beginning", "workspace_id", "email", postgresql_ops={"email": "text_pattern_ops"}),
        Index("ix_suppressions_wants", "id", postgresql_where="wants <> ''"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[int] = references("workspaces.id")  # found by the indexes that begin with it
    email: Mapped[Words]
    stream: Mapped[Words]
    reason: Mapped[Words]
    origin: Mapped[Words]
    created_at: Mapped[CreatedAt]
    added_by: Mapped[Words] = mapped_column(default="", server_default="")
    lifted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    lifted_because: Mapped[Words] = mapped_column(default="", server_default="")
    lifted_by: Mapped[Words] = mapped_column(default="", server_default="")
    wants: Mapped[Words] = mapped_column(default="", server_default="")
    told: Mapped[Words] = mapped_column(default="", server_default="")

    @classmethod
    def looked_for(cls, workspace_id: int, beginning: str = "") -> Select[Any]:
        """Those whose address begins like that, in no order."""
        found = select(cls).filter_by(workspace_id=workspace_id)
        return found.where(cls.email.startswith(beginning.lower(), autoescape=True)) if beginning else found

    @classmethod
    def impose(
        cls, tx: Session, workspace_id: int, email: str, stream: str, *, reason: str, origin: str, by: str = ""
    ) -> None:
        """From now on nothing goes to this address on this stream. A repeat changes nothing.

        What a person of ours adds (`by`), the provider is to be told.
        """
        values = {"reason": reason, "origin": origin, "created_at": clock.now(), "lifted_at": None}
        more = {"added_by": by, "wants": Wants.SUPPRESS if by else Wants.NOTHING, "told": ""}
        key = {"workspace_id": workspace_id, "email": email.lower(), "stream": stream}
        row = insert(cls).values(**key, **values, **more)
        index = [cls.workspace_id, cls.email, cls.stream]
        lifted = cls.lifted_at.is_not(None)
        tx.execute(row.on_conflict_do_update(index_elements=index, set_=values | more, where=lifted))

    @classmethod
    def lift(cls, tx: Session, workspace_id: int, email: str, stream: str) -> None:
        """The provider says that mail may go there again. The row stays, as history."""
        key = {"workspace_id": workspace_id, "email": email.lower(), "stream": stream, "lifted_at": None}
        tx.execute(update(cls).filter_by(**key).values(lifted_at=clock.now(), wants=Wants.NOTHING))

    def release(self, because: str, by: str) -> None:
        """A person of ours says so; the provider is to be told, and may say no."""
        if self.lifted_at is None:
            self.lifted_at, self.lifted_because, self.lifted_by = clock.now(), because, by
            self.wants, self.told = Wants.REACTIVATE, ""

    @classmethod
    def untold(cls, tx: Session, stream: str, wants: Wants) -> Sequence[str]:
        """A page of the addresses of which the provider has not been told that."""
        found = select(cls.email).filter_by(stream=stream, wants=wants).group_by(cls.email).order_by(cls.email)
        return tx.scalars(found.limit(PAGE)).all()

    @classmethod
    def hear(cls, tx: Session, stream: str, wants: Wants, answers: Mapping[str, str]) -> None:
        """`{address: why not}`, blank where the provider did it. What it does not lift is not lifted."""
        for email, problem in answers.items():
            stays = {"lifted_at": None} if problem and wants == Wants.REACTIVATE else {}
            asked = update(cls).filter_by(email=email, stream=stream, wants=wants)
            tx.execute(asked.values(wants=Wants.NOTHING, told=problem[:500], **stays))
