"""What several rows of an import made together goes with the last of them: who belongs to the workspace, logins, teams.

Each stays when anybody else has come to need it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, select, text
from sqlalchemy.orm import Session

from models.imports.file import Import
from models.imports.pointing import nobody_points_at
from models.sign_in import SignIn
from models.team import QUESTION, WORKING_WEEK
from models.user import User


class Left(NamedTuple):
    """A seat that a row had made, and that is gone now. `name`: what its team was called when it was made."""

    row_id: int
    user_id: int
    team_id: int
    name: str


def unshare(tx: Session, imported: Import, left: Sequence[Left], rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Takes along what nobody needs of what was `left`. Yields `(id of the row, what stays and why)`.

    rows: the ids of those that are being taken back.
    """
    values = {"import": imported.id, "workspace": imported.workspace_id, "rows": list(rows)}
    yield from _leave(tx, values, {each.user_id: each for each in left})
    yield from _disband(tx, values, {each.team_id: each for each in left})


def _leave(tx: Session, values: Mapping[str, object], users: Mapping[int, Left]) -> Iterator[tuple[int, str]]:
    for user in tx.scalars(_STAY, {"users": list(users), **values}):
        yield users[user].row_id, "stays in the workspace, being in another team"
    tx.execute(_LEAVE, {"users": list(users), **values})
    signed_in = select(SignIn.id).where(SignIn.user_id == User.id, SignIn.used_at.is_not(None)).exists()
    unused = ~signed_in, nobody_points_at(User, but=(SignIn.__tablename__,))
    gone = delete(User).where(User.id.in_(users), User.import_id == values["import"], *unused)
    tx.execute(gone.execution_options(synchronize_session=False))


def _disband(tx: Session, values: Mapping[str, object], teams: Mapping[int, Left]) -> Iterator[tuple[int, str]]:
    made = {"teams": list(teams), "question": QUESTION, "days": WORKING_WEEK, **values}
    tx.execute(_LOCK_TEAMS, made)
    needed = {team.id: (team.name, _need(team, teams[team.id].name)) for team in tx.execute(_TEAMS, made)}
    empty = [number for number, (_, need) in needed.items() if not need]
    tx.execute(text("delete from teams where id = any(:teams)"), {"teams": empty})
    for number, (name, need) in needed.items():
        if need:
            yield teams[number].row_id, f"the team “{name}” stays: {need}"


def _need(team: Row[Any], given: str) -> str:
    if team.inhabited:
        return "somebody is in it"
    if team.told:
        return "it has a history"
    return "it has been changed since" if team.changed or team.name.lower() != given.lower() else ""


# These are asked while there is much that PostgreSQL has no statistics of. `+ 0` keeps indexes away by which it would
# read all of an import or of a workspace for each of the people.
_OTHER_ROWS = """
    select from team_members s join import_rows r on r.subject_id = s.id and r.import_id + 0 = :import
    where s.workspace_id + 0 = :workspace and r.state = 'created' and r.id <> all(:rows)
"""

# Whoever has other rows to be taken back stays until the last of them.
_STAY = text(f"""
    select m.user_id from memberships m
    where m.workspace_id + 0 = :workspace and m.import_id = :import and m.user_id = any(:users)
      and exists (select from team_members where user_id = m.user_id and workspace_id + 0 = :workspace)
      and not exists ({_OTHER_ROWS} and s.user_id = m.user_id)
""")  # noqa: S608  (constants)

_LEAVE = text("""
    delete from memberships m
    where m.workspace_id + 0 = :workspace and m.import_id = :import and m.user_id = any(:users)
      and not exists (select from team_members where user_id = m.user_id and workspace_id + 0 = :workspace)
""")

_LOCK_TEAMS = text("select from teams where id = any(:teams) and import_id = :import order by id for update")

_TEAMS = text(f"""
    select t.id, t.name, exists (select from team_members where team_id = t.id) as inhabited,
           exists (select from entries where team_id = t.id) or exists (select from comments where team_id = t.id)
           as told,
           t.question <> :question or t.working_days <> cast(:days as smallint[]) or t.receipts <> 'never' as changed
    from teams t
    where t.id = any(:teams) and t.workspace_id = :workspace and t.import_id = :import
      and not exists ({_OTHER_ROWS} and s.team_id = t.id)
""")  # noqa: S608  (constants)
