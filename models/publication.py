"""A newsletter: what people subscribe to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, Text, UniqueConstraint, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.contact import Contact
from models.db import Base
from models.standing import Standing
from models.subscription import State, Subscription
from models.subscription_change import BY_OPERATOR, Change
from models.types import CreatedAt, Id, Words, WorkspaceId
from models.workspace import Workspace


class Publication(Base):
    __tablename__ = "publications"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        CheckConstraint("archive in ('nobody', 'subscribers', 'everybody')", name="archive"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]
    slug: Mapped[str | None] = mapped_column(Text, unique=True)  # of its public page; without one there is none
    about: Mapped[Words] = mapped_column(default="", server_default="")  # what people read before they subscribe
    opt_in: Mapped[Words] = mapped_column(default="double", server_default="double")  # or `single`
    archive: Mapped[Words] = mapped_column(default="nobody", server_default="nobody")  # as models.archive has it
    tracks: Mapped[bool] = mapped_column(default=False)  # opens and clicks, which are personal data
    brand: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict, server_default="{}")  # as models.brand has it
    grace: Mapped[int] = mapped_column(default=30, server_default="30")  # seconds in which publishing can be undone
    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    paused_because: Mapped[Words] = mapped_column(default="")
    watched_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    workspace: Mapped[Workspace] = relationship()

    def subscribers(self, tx: Session) -> int:
        """How many people would get an edition now."""
        return self.audiences(tx, [self.id])[self.id]

    @classmethod
    def audiences(cls, tx: Session, ids: Sequence[int]) -> dict[int, int]:
        """`{publication: how many people would get an edition now}`."""
        active = select(Subscription.publication_id, func.count()).filter_by(state=State.ACTIVE)
        resting = active.where(Subscription.publication_id.in_(ids), Subscription.paused_until > clock.now())
        paused = {number: count for number, count in tx.execute(resting.group_by(Subscription.publication_id))}  # noqa: C416
        standing = Standing.of(tx, ids)
        return {number: standing[number].get(State.ACTIVE, 0) - paused.get(number, 0) for number in ids}

    def standing(self, tx: Session) -> dict[str, int]:
        """How many of those who ever subscribed are in each state: `{state: count}`."""
        return Standing.of(tx, [self.id])[self.id]

    def subscribe(self, tx: Session, people: Mapping[str, str], *, consent: str, change: Change = BY_OPERATOR) -> int:
        """Active subscriptions for `{address: name}`, with their consent; returns how many are new.

        Addresses are as `models.user.normal` makes them. Whoever has a subscription keeps it as it is: nobody who left
        is brought back.
        """
        Contact.know(tx, self.workspace_id, people)
        joining = {"workspace": self.workspace_id, "publication": self.id, "emails": [*people], "consent": consent}
        return len(tx.execute(_SUBSCRIBE, {**joining, "now": clock.now(), **change.values}).all())

    def pause(self, because: str) -> None:
        """Nothing more of it is sent until `resume`; what is on its way arrives."""
        self.paused_at, self.paused_because = clock.now(), because

    def resume(self) -> None:
        """What bounced or was complained of so far is forgiven: its rates are counted afresh from here."""
        self.paused_at, self.paused_because, self.watched_since = None, "", clock.now()


_SUBSCRIBE = text("""
    insert into subscriptions (workspace_id, publication_id, contact_id, state, consent, consented_at, created_at,
                               changed_at, changed_how, changed_by, changed_words, changed_ip)
    select :workspace, :publication, c.id, 'active', :consent, :now, :now,
           :changed_at, :changed_how, :changed_by, :changed_words, :changed_ip
    from contacts c where c.workspace_id = :workspace and c.email = any(:emails)
    order by c.id
    on conflict (publication_id, contact_id) do nothing
    returning id
""")
