"""Many people in teams, all of them due: rows written by SQL, since making them is not what is measured."""

from datetime import UTC, datetime, time

from sqlalchemy import text

from models import local_time
from models.db import transaction

TEAM = 20
WORKSPACE = 500
ZONES = ("Europe/London", "Asia/Kolkata", "America/New_York")


def address(number: int) -> str:
    return f"member{number}@people.example"


def audience(n: int) -> set[str]:
    return {address(number) for number in range(1, n + 1)}


def settle_in(n: int, base_url: str, over: float = 0.0) -> None:
    """`n` members in teams of 20 and workspaces of 500, due from now on, evenly over the next `over` seconds.

    They live in three zones; each has the reminder hour that is this minute in UTC.
    """
    now = datetime.now(UTC)
    due = now.replace(second=0, microsecond=0)
    hours = [local_hour(due, zone) for zone in ZONES]
    values = {"n": n, "base_url": base_url, "now": now, "zones": list(ZONES), "hours": hours, "team": TEAM}
    with transaction() as tx:
        for statement in _STATEMENTS:
            tx.execute(statement, {**values, "workspace": WORKSPACE, "due": now if over else due, "over": over / n})
    with transaction() as tx:
        tx.execute(text("analyze"))


def local_hour(moment: datetime, zone: str) -> time:
    return moment.astimezone(local_time.zone(zone)).time()


_STATEMENTS = [
    text("""
        insert into users (id, email, name, created_at)
        select i, 'member' || i || '@people.example', 'Member ' || i, :now from generate_series(1, :n) i
    """),
    text("""
        insert into workspaces (id, name, base_url, created_at)
        select i, 'Workspace ' || i, :base_url, :now from generate_series(1, (:n - 1) / :workspace + 1) i
        on conflict (id) do nothing
    """),
    text("""
        insert into memberships (workspace_id, user_id, role, created_at)
        select (i - 1) / :workspace + 1, i, case when i % :workspace = 1 then 'owner' else 'member' end, :now
        from generate_series(1, :n) i
    """),
    text("""
        insert into teams (id, workspace_id, name, question, working_days, created_at)
        select i, (i - 1) * :team / :workspace + 1, 'Team ' || i, 'What did you get done today?', '{0,1,2,3,4}', :now
        from generate_series(1, (:n - 1) / :team + 1) i
    """),
    text("""
        insert into team_members (id, workspace_id, team_id, user_id, zone, reminder_hour, digest_hour, working_days,
                                  next_reminder_at, created_at)
        select i, (i - 1) / :workspace + 1, (i - 1) / :team + 1, i, (cast(:zones as text[]))[i % 3 + 1],
               (cast(:hours as time[]))[i % 3 + 1], '09:00', '{0,1,2,3,4,5,6}',
               :due + make_interval(secs => :over * i), :now
        from generate_series(1, :n) i
    """),
]
