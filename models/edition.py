"""One newsletter mail to everybody who subscribes when it is published.

draft ─publish→ addressing ─audience frozen→ sending ─nothing open→ sent
                                                ├ pause ⇄ resume
                                                └ cancel→ canceled

What concerns everybody in its audience is a word here at once; `models.copies` brings their rows after it, by the page.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Index, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.publication import Publication
from models.subscription import LISTENS
from models.types import CreatedAt, Id, Words, WorkspaceId, references


class State(StrEnum):
    DRAFT = "draft"
    ADDRESSING = "addressing"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELED = "canceled"


# Whose deliveries may be sent at this moment.
GOING_OUT = """
    select e.id from editions e join publications p on p.id = e.publication_id
    where e.state = 'sending' and p.paused_at is null
"""

PUBLISHED = "published_at is not null"
FOUND_BY = "to_tsvector('simple', subject || ' ' || left(text, 100000))"  # as models.archive asks


class Edition(Base):
    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'addressing', 'sending', 'paused', 'sent', 'canceled')", name="state"),
        CheckConstraint("side in ('', 'on', 'off')", name="side"),
        CheckConstraint("tracking in ('', 'on', 'erasing', 'erased')", name="tracking"),
        Index("ix_editions_erasing", "id", postgresql_where="tracking = 'erasing'"),
        CheckConstraint("shown_to in ('', 'nobody', 'subscribers', 'everybody')", name="shown_to"),
        Index("ix_editions_published", "publication_id", "published_at", "id", postgresql_where=PUBLISHED),
        Index("ix_editions_words", text(FOUND_BY), postgresql_using="gin", postgresql_where=PUBLISHED),
        Index("ix_editions_open", "id", postgresql_where="state in ('addressing', 'sending')"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    publication_id: Mapped[int] = references("publications.id", index=True)
    meant_for: Mapped[Words] = mapped_column(default="", server_default="")  # of the subscribers: `models.segments`
    subject: Mapped[Words]
    html: Mapped[Words]
    text: Mapped[Words]
    state: Mapped[Words] = mapped_column(default=State.DRAFT)
    side: Mapped[Words] = mapped_column(default="")  # this and the next are read by the release before: see `meant_for`
    list_id: Mapped[int | None] = references("lists.id", ondelete="SET NULL", index=True)
    shown_to: Mapped[Words] = mapped_column(
        default="", server_default=""
    )  # if not as the publication: `models.archive`
    audience: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)  # who subscribed when it was addressed, and was not chosen
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    rest_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when somebody last sent it to the rest
    rest_queued_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when all of them were queued
    tracking: Mapped[Words] = mapped_column(default="", server_default="")  # whether it is: `models.traces.privacy`
    erasing_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    publication: Mapped[Publication] = relationship()

    def revise(self, tx: Session, *, subject: str, html: str, text: str) -> bool:
        """False when it is no draft any more: what has been published stays as it is."""
        return self._move(tx, State.DRAFT, State.DRAFT, subject=subject, html=html, text=text)

    def mean(self, tx: Session, meant_for: str) -> bool:
        """For which of the subscribers it is, as `models.segments` writes it; False when it is no draft any more."""
        return self._move(tx, State.DRAFT, State.DRAFT, meant_for=meant_for)

    def publish(self, tx: Session) -> bool:
        """True for the one caller who sends it off; `address` does the rest."""
        tracking = "on" if self.publication.tracks else ""
        return self._move(tx, State.DRAFT, State.ADDRESSING, published_at=clock.now(), tracking=tracking)

    def address(self, tx: Session) -> bool:
        """Freezes the audience: a delivery for everybody who subscribes at this moment.

        Only for those of them for whom it is meant; the others are counted as left out. True for the one caller who
        did. The suppressed get their row too, so that the sums balance. An address that is subscribed twice gets one.
        """
        tx.execute(text("set local statement_timeout = '10min'"))
        if not self._move(tx, State.ADDRESSING, State.SENDING):
            return False
        from models import freezing  # which knows what people did with earlier editions

        self.audience, self.left_out = freezing.freeze(tx, self)
        return True

    def pause(self, tx: Session) -> bool:
        return self._move(tx, State.SENDING, State.PAUSED)

    def resume(self, tx: Session) -> bool:
        return self._move(tx, State.PAUSED, State.SENDING)

    def cancel(self, tx: Session) -> bool:
        """Whoever has not got it does not; whoever is being sent it does."""
        return any(self._move(tx, before, State.CANCELED, rest_at=None) for before in (State.SENDING, State.PAUSED))

    def send_to_the_rest(self, tx: Session) -> int:
        """Sends it again to everybody who certainly did not get it; returns how many. Safe to press twice.

        That is: failed for good, bounced softly, or canceled. Never who is suppressed, has complained or left, nor who
        is in doubt.
        """
        tx.refresh(self, with_for_update=True)
        count = 0 if self.awaits_rest else self._rest(tx)
        if count:
            self.rest_at, self.rest_queued_at = clock.now(), None
            if self.state in (State.SENT, State.CANCELED):  # one that is paused stays so
                self.state, self.finished_at = State.SENDING, None
            tx.flush()
        return count

    @property
    def is_tracked(self) -> bool:
        return self.tracking == "on" and self.publication.tracks

    @property
    def awaits_rest(self) -> bool:
        """Whether some of those to whom it is sent again are not queued yet."""
        return self.rest_at is not None and self.rest_queued_at is None

    @classmethod
    def finish(cls, tx: Session) -> list[int]:
        """Ends every edition, sent or canceled, without open deliveries; the ids of those that this caller ended."""
        return list(tx.scalars(_FINISH, {"now": clock.now()}))

    @classmethod
    def waiting(cls, tx: Session) -> list[int]:
        """Published, but not addressed within a minute: the job that was to do so is lost."""
        return list(tx.scalars(select(cls.id).where(cls.state == State.ADDRESSING, cls.published_at < _overdue())))

    @classmethod
    def half_canceled(cls, tx: Session) -> list[int]:
        """Canceled, but some of its deliveries may still be open."""
        return list(tx.scalars(select(cls.id).where(cls.state == State.CANCELED, cls.finished_at.is_(None))))

    @classmethod
    def half_resent(cls, tx: Session) -> list[int]:
        """Sent to the rest, but not all of them are queued after a minute: the job that was to do so may be lost."""
        half = select(cls.id).where(cls.rest_at < _overdue(), cls.rest_queued_at.is_(None))
        return list(tx.scalars(half))

    @classmethod
    def of(cls, tx: Session, workspace_id: int, number: int) -> "Edition | None":
        return tx.scalar(select(cls).filter_by(workspace_id=workspace_id, id=number))

    def _rest(self, tx: Session) -> int:
        """Of a canceled one, also those whose rows do not say so yet."""
        states = ["failed", "bounced", "canceled", *(["queued"] if self.state == State.CANCELED else [])]
        return tx.scalar(_REST, {"edition": self.id, "states": states, "now": clock.now()}) or 0

    def _move(self, tx: Session, before: State, after: State, **changes: object) -> bool:
        row = update(Edition).where(Edition.id == self.id, Edition.state == before).values(state=after, **changes)
        moved = tx.execute(row).rowcount == 1  # type: ignore[attr-defined]
        tx.refresh(self)
        return moved


def _overdue() -> datetime:
    return clock.now() - timedelta(minutes=1)


# Who of some deliveries `d`, of the edition `e`, may have it once more.
STILL_WANTED = f"""
    exists (select from subscriptions s join contacts c on c.id = s.contact_id
            where c.workspace_id = d.workspace_id and c.email = d.recipient
              and s.publication_id = e.publication_id and {LISTENS})
    and not exists (select from suppressions x where x.workspace_id = d.workspace_id and x.email = d.recipient
                                                 and x.stream = d.stream and x.lifted_at is null)
"""  # noqa: S608  (a constant)

_REST = text(f"""
    select count(*) from deliveries d join editions e on e.id = d.source_id
    where e.id = :edition and d.kind = 'edition' and d.state = any(:states) and {STILL_WANTED}
""")  # noqa: S608  (a constant)

_FINISH = text("""
    update editions e set state = case when e.state = 'sending' then 'sent' else e.state end, finished_at = :now
    where e.state in ('sending', 'canceled') and e.finished_at is null
      and (e.rest_at is null or e.rest_queued_at is not null)
      and not exists (select from deliveries where state = 'queued' and kind = 'edition' and source_id = e.id)
      and e.id not in (select source_id from deliveries where state in ('sending', 'unknown') and kind = 'edition')
    returning e.id
""")
