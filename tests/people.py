"""The people in the tests: Ada and Grace work together, Charles has a workspace of his own and must see nothing."""

from datetime import time

from sqlalchemy.orm import Session

from models.team import Team
from models.team_member import TeamMember
from models.user import User
from models.workspace import Workspace

BASE_URL = "http://postroom.test"


def workspace(tx: Session, owner: str = "Ada", name: str = "Analytical") -> Workspace:
    return Workspace.set_up(tx, name=name, base_url=BASE_URL, owner=person(tx, owner))


def person(tx: Session, name: str) -> User:
    return User.called(tx, address(name), name)


def address(name: str) -> str:
    return f"{name.lower()}@example.com"


def team(tx: Session, within: Workspace, name: str = "Engine") -> Team:
    made = Team(workspace=within, name=name)
    tx.add(made)
    tx.flush()
    return made


def seat(
    tx: Session, of: Team, name: str, zone: str = "Europe/London", reminder: time = time(18), digest: time = time(9)
) -> TeamMember:
    return of.invite(tx, person(tx, name), zone=zone, reminder_hour=reminder, digest_hour=digest)
