"""People who read each other's status."""

from datetime import time

from sqlalchemy import Index, SmallInteger, UniqueConstraint, and_, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.db import Base
from models.team_member import Receipts, TeamMember
from models.types import BroughtBy, CreatedAt, Id, Words, WorkspaceId
from models.user import User
from models.workspace import Workspace

QUESTION = "What did you get done today?"
WORKING_WEEK = [0, 1, 2, 3, 4]


class Team(Base):
    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        Index("ix_teams_workspace_id_lower", "workspace_id", text("lower(name)")),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]
    question: Mapped[Words] = mapped_column(default=QUESTION)
    working_days: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), default=lambda: list(WORKING_WEEK))
    receipts: Mapped[Words] = mapped_column(default=Receipts.NEVER, server_default=Receipts.NEVER)
    import_id: Mapped[BroughtBy]
    created_at: Mapped[CreatedAt]

    workspace: Mapped[Workspace] = relationship()
    members: Mapped[list[TeamMember]] = relationship(
        primaryjoin=lambda: and_(TeamMember.team_id == Team.id, TeamMember.left_at.is_(None)),
        order_by=TeamMember.id,
        viewonly=True,
    )

    @classmethod
    def sizes(cls, tx: Session, workspace_id: int) -> dict[int, int]:
        """`{team: how many are in it}`, without those in which nobody is."""
        seated = select(TeamMember.team_id, func.count()).filter_by(workspace_id=workspace_id, left_at=None)
        return {team_id: count for team_id, count in tx.execute(seated.group_by(TeamMember.team_id))}  # noqa: C416

    def invite(
        self, tx: Session, user: User, *, zone: str, reminder_hour: time = time(18), digest_hour: time = time(9)
    ) -> TeamMember:
        """The user's place in the team, made unless there is one, on the team's own days and in the zone
        of their profile. Raises `UnknownZone`."""
        self.workspace.admit(tx, user)
        found = tx.scalar(select(TeamMember).filter_by(team_id=self.id, user_id=user.id))
        if found and found.left_at:
            found.come_back()
        return found or self._seat(tx, user, zone=zone, reminder_hour=reminder_hour, digest_hour=digest_hour)

    def _seat(self, tx: Session, user: User, *, zone: str, reminder_hour: time, digest_hour: time) -> TeamMember:
        member = TeamMember(team=self, user=user, workspace_id=self.workspace_id, working_days=list(self.working_days))
        member.keep_hours(zone=user.zone or zone, reminder_hour=reminder_hour, digest_hour=digest_hour)
        tx.add(member)
        tx.flush()
        return member
