"""One newsletter mail to everybody who subscribes when it is published.

    draft ─publish→ addressing ─grace is over, audience frozen→ sending ─nothing open→ sent
      ⇅ schedule      ↑     │                                      ├ pause ⇄ resume
    scheduled ────due─┘     │                                      └ cancel→ canceled
                            └undo→ draft, for as long as nobody has been addressed

For late joiners one that is sent is addressed again. What concerns everybody in its audience is a word here at once;
`models.copies` brings their rows after it, by the page. `models.open_editions` finds what goes on by itself.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, delete, or_, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, image_use, rest
from models.db import Base
from models.edition_state import DRAFTS, STATES, State
from models.publication import Publication
from models.types import CreatedAt, Id, Words, WorkspaceId, references

PUBLISHED = "published_at is not null"
UNDERWAY = "state in ('scheduled', 'addressing', 'sending', 'paused')"
FOUND_BY = "to_tsvector('simple', subject || ' ' || left(text, 100000))"  # as models.archive asks


class Edition(Base):
    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint(f"state in ({STATES})", name="state"),
        CheckConstraint("side in ('', 'on', 'off')", name="side"),
        CheckConstraint("tracking in ('', 'on', 'erasing', 'erased')", name="tracking"),
        Index("ix_editions_publication_id_id", "publication_id", "id"),
        Index("ix_editions_erasing", "id", postgresql_where="tracking = 'erasing'"),
        CheckConstraint("shown_to in ('', 'nobody', 'subscribers', 'everybody')", name="shown_to"),
        Index("ix_editions_published", "publication_id", "published_at", "id", postgresql_where=PUBLISHED),
        Index("ix_editions_words", text(FOUND_BY), postgresql_using="gin", postgresql_where=PUBLISHED),
        Index("ix_editions_open", "id", postgresql_where="state in ('addressing', 'sending')"),
        Index("ix_editions_underway", "workspace_id", "id", postgresql_where=UNDERWAY),
        Index("ix_editions_scheduled", "due_at", postgresql_where="state = 'scheduled'"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    publication_id: Mapped[int] = references("publications.id")
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
    due_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True)
    )  # a scheduled one: published; then: addressed
    zone: Mapped[Words] = mapped_column(default="", server_default="")  # in which it was scheduled
    scheduled_by: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    addressed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # for the first time
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when it was first finished
    rest_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when somebody last sent it to the rest
    rest_queued_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when all of them were queued
    tracking: Mapped[Words] = mapped_column(default="", server_default="")  # whether it is: `models.traces.privacy`
    erasing_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    publication: Mapped[Publication] = relationship()

    def revise(self, tx: Session, *, subject: str, html: str, text: str) -> bool:
        """False when it is no draft any more: what has been published stays as it is."""
        is_changed = self._change(tx, subject=subject, html=html, text=text)
        if is_changed:
            image_use.note(tx, self.workspace_id, self.id, html)
        return is_changed

    def mean(self, tx: Session, meant_for: str) -> bool:
        """For which of the subscribers it is, as `models.segments` writes it; False when it is no draft any more."""
        return self._change(tx, meant_for=meant_for)

    def schedule(self, tx: Session, at: datetime, zone: str = "UTC", user_id: int | None = None) -> bool:
        """It is published at that moment, as it is written then; False when it is no draft any more."""
        return self._move(tx, DRAFTS, State.SCHEDULED, due_at=at, zone=zone, scheduled_by=user_id)

    def unschedule(self, tx: Session) -> bool:
        return self._move(tx, [State.SCHEDULED], State.DRAFT, due_at=None)

    def discard(self, tx: Session) -> bool:
        """Gone, with all its revisions; False when it is no draft any more."""
        mine = delete(Edition).where(Edition.id == self.id, Edition.state.in_(DRAFTS))
        return tx.execute(mine.execution_options(synchronize_session=False)).rowcount == 1  # type: ignore[attr-defined]

    def publish(self, tx: Session, grace: int = 0) -> bool:
        """True for the one caller who sends it off; `address` does the rest.

        grace: seconds in which it can be undone.
        """
        now, tracking = clock.now(), "on" if self.publication.tracks else ""
        due_at = now + timedelta(seconds=grace)
        return self._move(tx, DRAFTS, State.ADDRESSING, published_at=now, due_at=due_at, tracking=tracking)

    def undo(self, tx: Session) -> bool:
        """A draft again, which nobody has got; False once its audience is frozen."""
        nobody = Edition.addressed_at.is_(None)
        return self._move(tx, [State.ADDRESSING], State.DRAFT, nobody, published_at=None, due_at=None, tracking="")

    def address(self, tx: Session) -> bool:
        """Freezes the audience: a delivery for everybody who subscribes at this moment.

        Only for those of them for whom it is meant; the others are counted as left out. True for the one caller who
        did; False before it is due. The suppressed get their row too, so that the sums balance. The second time it is
        for those alone who came since.
        """
        tx.execute(text("set local statement_timeout = '10min'"))
        now, is_due = clock.now(), or_(Edition.due_at.is_(None), Edition.due_at <= clock.now())
        if not self._move(tx, [State.ADDRESSING], State.SENDING, is_due, due_at=None, finished_at=None):
            return False
        from models import freezing  # which knows what people did with earlier editions

        count, left_out = freezing.freeze(tx, self, late=self.addressed_at is not None)
        self.left_out = self.left_out if self.addressed_at else left_out
        self.audience, self.addressed_at = self.audience + count, self.addressed_at or now
        return True

    def send_to_late(self, tx: Session) -> int:
        """Has it addressed to those who subscribe since it was published; returns how many. Safe to press twice."""
        from models.reach import Reach

        count = Reach.of(tx, self).late_joiners(tx) if self.published_at else 0
        changes = {"due_at": clock.now(), "addressed_at": self.addressed_at or self.published_at}
        return count if count and self._move(tx, (State.SENT, State.SENDING), State.ADDRESSING, **changes) else 0

    def pause(self, tx: Session) -> bool:
        return self._move(tx, [State.SENDING], State.PAUSED)

    def resume(self, tx: Session) -> bool:
        return self._move(tx, [State.PAUSED], State.SENDING)

    def cancel(self, tx: Session) -> bool:
        """Whoever has not got it does not; whoever is being sent it does."""
        return self._move(tx, (State.SENDING, State.PAUSED), State.CANCELED, rest_at=None)

    def send_to_the_rest(self, tx: Session) -> int:
        """Sends it again to everybody who certainly did not get it; returns how many. Safe to press twice.

        It failed for good, bounced or was canceled. Never who is suppressed, has complained, left, or is in doubt.
        """
        tx.refresh(self, with_for_update=True)
        count = 0 if self.awaits_rest else rest.count(tx, self.id, canceled=self.state == State.CANCELED)
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

    @property
    def is_draft(self) -> bool:
        """Whether what it says can still be changed: also when it is scheduled."""
        return self.state in DRAFTS

    @property
    def wait(self) -> float | None:
        """Seconds until it goes on by itself, 0 when it should have; None for one that does not."""
        if self.state not in (State.SCHEDULED, State.ADDRESSING):
            return None
        return max(0.0, (self.due_at - clock.now()).total_seconds()) if self.due_at else 0.0

    @classmethod
    def of(cls, tx: Session, workspace_id: int, number: int) -> "Edition | None":
        return tx.scalar(select(cls).filter_by(workspace_id=workspace_id, id=number))

    def _change(self, tx: Session, **changes: Any) -> bool:
        return any(self._move(tx, [state], state, **changes) for state in DRAFTS)

    def _move(self, tx: Session, before: Collection[State], after: State, *when: Any, **changes: Any) -> bool:
        row = update(Edition).where(Edition.id == self.id, Edition.state.in_(before), *when)
        moved = tx.execute(row.values(state=after, **changes)).rowcount == 1  # type: ignore[attr-defined]
        tx.refresh(self)
        return moved
