"""What a program was answered, under the key it gave for the call: who calls again gets the same."""

from datetime import timedelta

from sqlalchemy import Index, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Moment, Words, references

KEPT = timedelta(hours=24)


class ApiAnswer(Base):
    __tablename__ = "api_answers"
    __table_args__ = (Index("ix_api_answers_asked_at", "asked_at"),)

    workspace_id: Mapped[int] = references("workspaces.id", primary_key=True)
    key: Mapped[Words] = mapped_column(primary_key=True)
    asked: Mapped[Words]  # SHA-256 of the call, hexadecimal
    status: Mapped[int | None]  # nothing while it is being done, and if that was cut off
    body: Mapped[Words] = mapped_column(default="")
    asked_at: Mapped[Moment]

    @classmethod
    def begin(cls, tx: Session, workspace_id: int, key: str, asked: str) -> "ApiAnswer | None":
        """None for the one caller who is to do it; for the others what the first was asked and answered."""
        about = {"workspace": workspace_id, "key": key, "asked": asked, "now": clock.now()}
        if tx.execute(_BEGIN, about | {"old": clock.now() - KEPT}).first():
            return None
        return tx.scalars(select(cls).filter_by(workspace_id=workspace_id, key=key)).one()

    @classmethod
    def keep(cls, tx: Session, workspace_id: int, key: str, status: int, body: str) -> None:
        row = update(cls).filter_by(workspace_id=workspace_id, key=key)
        tx.execute(row.values(status=status, body=body))

    @classmethod
    def forget(cls, tx: Session, workspace_id: int, key: str) -> None:
        """What was refused did nothing, and may be sent again."""
        tx.execute(_FORGET, {"workspace": workspace_id, "key": key})

    @classmethod
    def expire(cls, tx: Session) -> None:
        tx.execute(_EXPIRE, {"old": clock.now() - KEPT})


_BEGIN = text("""
    insert into api_answers (workspace_id, key, asked, body, asked_at) values (:workspace, :key, :asked, '', :now)
    on conflict (workspace_id, key) do update
    set asked = excluded.asked, status = null, body = '', asked_at = excluded.asked_at
    where api_answers.asked_at < :old
    returning key
""")
_FORGET = text("delete from api_answers where workspace_id = :workspace and key = :key")
_EXPIRE = text("delete from api_answers where asked_at < :old")
