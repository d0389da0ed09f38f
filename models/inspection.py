"""What was found in an edition before it is sent: of the letter as it was then, known by its digest."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.edition import Edition
from models.finding import Finding, Found, Severity
from models.types import CreatedAt, Id, Words, WorkspaceId, references

GIVE_UP_AFTER = timedelta(hours=1)


class Inspection(Base):
    __tablename__ = "inspections"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    edition_id: Mapped[int] = references("editions.id", unique=True)  # the latest is kept
    digest: Mapped[Words] = mapped_column()  # SHA-256 of the letter, hexadecimal
    created_at: Mapped[CreatedAt]

    findings: Mapped[list[Finding]] = relationship(order_by=Finding.id, lazy="selectin", back_populates="inspection")

    @classmethod
    def begin(cls, tx: Session, edition: Edition, digest: str, found: Sequence[Found]) -> "Inspection":
        """One of this letter in place of the one before; if there is one of this letter, that.

        Links that were followed a moment ago are not followed again: as somebody types, a letter is looked at often.
        """
        rows = Finding.recalled(tx, edition.id, found)
        tx.execute(delete(cls).where(cls.edition_id == edition.id, cls.digest != digest))
        about = {"workspace_id": edition.workspace_id, "edition_id": edition.id}
        made = insert(cls).values(about | {"digest": digest, "created_at": clock.now()}).on_conflict_do_nothing()
        number = tx.scalar(made.returning(cls.id))
        if number and rows:
            of = {"workspace_id": edition.workspace_id, "inspection_id": number}
            tx.execute(insert(Finding).values([of | row for row in rows]).on_conflict_do_nothing())
        return tx.scalars(select(cls).filter_by(edition_id=edition.id)).one()

    @classmethod
    def forget(cls, tx: Session, edition_id: int) -> None:
        """So that everything is looked at again."""
        tx.execute(delete(cls).where(cls.edition_id == edition_id))

    @classmethod
    def of(cls, tx: Session, edition_id: int, digest: str) -> "Inspection | None":
        return tx.scalar(select(cls).filter_by(edition_id=edition_id, digest=digest))

    @classmethod
    def half_done(cls, tx: Session) -> list[int]:
        """Editions whose links are not all followed after a minute: the job may be lost."""
        now = clock.now()
        recent = select(cls.edition_id).where(
            cls.created_at < now - timedelta(minutes=1), cls.created_at > now - GIVE_UP_AFTER
        )
        return list(tx.scalars(recent.where(cls.findings.any(severity=Severity.PENDING))))

    def having(self, severity: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == severity]

    @property
    def links(self) -> int:
        return sum(finding.kind == "link" for finding in self.findings)


def digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
