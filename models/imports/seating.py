"""New people in their teams, many in a few statements: teams, users, memberships and seats, each unless it is there."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models import clock, local_time
from models.imports.file import Import
from models.imports.person import Person
from models.membership import Role
from models.team import QUESTION, WORKING_WEEK


class Seating:
    """Always in one order, so that two who do this at once do not wait for each other in a circle."""

    def __init__(self, tx: Session, imported: Import) -> None:
        self.tx, self.options, self.now = tx, imported.options, clock.now()
        self.made = {"import": imported.id, "workspace": imported.workspace_id, "now": self.now}

    def seat(self, people: Mapping[int, Person]) -> dict[int, Row[Any]]:
        """`{number: the new seat}`; whoever has got one meanwhile is left out."""
        ordered = sorted(people.items(), key=lambda each: (each[1].email, each[1].team.lower()))
        self._make_teams([person for _, person in ordered])
        self._make_users([person for _, person in ordered])
        self._admit([person for _, person in ordered])
        return self._seat(dict(ordered))

    def _make_teams(self, people: list[Person]) -> None:
        names: dict[str, str] = {}
        for person in people:
            names.setdefault(person.team.lower(), person.team)
        values = {"names": sorted(names.values()), "question": QUESTION, "days": WORKING_WEEK}
        self.tx.execute(_TEAMS, {**self.made, **values})

    def _make_users(self, people: list[Person]) -> None:
        names: dict[str, str] = {}
        for person in people:
            names[person.email] = names.get(person.email) or person.name
        self.tx.execute(_USERS, {"emails": list(names), "names": list(names.values()), **self.made})

    def _admit(self, people: list[Person]) -> None:
        roles: dict[str, str] = {}
        for person in people:
            roles[person.email] = roles.get(person.email) or person.role
        values = {"emails": list(roles), "roles": [role or Role.MEMBER for role in roles.values()]}
        self.tx.execute(_MEMBERSHIPS, {**self.made, **values})

    def _seat(self, people: Mapping[int, Person]) -> dict[int, Row[Any]]:
        columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        for number, person in people.items():
            for name, value in zip(_COLUMNS, (number, *self._columns(person)), strict=True):
                columns[name].append(value)
        made = self.tx.execute(_SEATS, {**self.made, **columns}).all()
        self._plan([row for row in made if row.working_days])
        places = {(person.email, person.team.lower()): number for number, person in people.items()}
        return {places[row.email, row.team]: row for row in made}

    def _columns(self, person: Person) -> tuple[Any, ...]:
        asked = person.reminder_hour or time.fromisoformat(self.options["reminder_hour"])
        told = person.digest_hour or time.fromisoformat(self.options["digest_hour"])
        days = "".join(map(str, person.days))
        return person.email, person.team.lower(), person.zone or self.options["zone"], asked, told, days

    def _plan(self, seats: list[Any]) -> None:
        """When each is asked and told first. Where a row says nothing of days, they are the team's."""
        values = {
            "ids": [seat.id for seat in seats],
            "asked": [self._next(seat, seat.reminder_hour) for seat in seats],
            "told": [self._next(seat, seat.digest_hour) for seat in seats],
        }
        self.tx.execute(_PLAN, values)

    def _next(self, seat: Any, hour: time) -> datetime | None:
        return local_time.next_moment(self.now, hour, seat.zone, seat.working_days)


_COLUMNS = ("numbers", "emails", "teams", "zones", "asked", "told", "days")

_TEAMS = text("""
    insert into teams (workspace_id, name, question, working_days, receipts, import_id, created_at)
    select :workspace, given.name, :question, cast(:days as smallint[]), 'never', :import, :now
    from unnest(cast(:names as text[])) with ordinality as given(name, place)
    where not exists (select from teams where workspace_id = :workspace and lower(name) = lower(given.name))
    order by given.place
    on conflict (workspace_id, name) do nothing
""")

_USERS = text("""
    insert into users (email, name, import_id, created_at)
    select given.email, given.name, :import, :now
    from unnest(cast(:emails as text[]), cast(:names as text[])) with ordinality as given(email, name, place)
    order by given.place
    on conflict (email) do update set name = excluded.name where users.name = '' and excluded.name <> ''
""")

_MEMBERSHIPS = text("""
    insert into memberships (workspace_id, user_id, role, import_id, created_at)
    select :workspace, u.id, given.role, :import, :now
    from unnest(cast(:emails as text[]), cast(:roles as text[])) with ordinality as given(email, role, place)
    join users u on u.email = given.email
    order by given.place
    on conflict (workspace_id, user_id) do nothing
""")

_SEATS = text("""
    with given as (
        select given.*, u.id as user_id, t.id as team_id, t.working_days as team_days
        from unnest(cast(:emails as text[]), cast(:teams as text[]), cast(:zones as text[]), cast(:asked as time[]),
                    cast(:told as time[]), cast(:days as text[]))
             with ordinality as given(email, team, zone, asked, told, days, place)
        join users u on u.email = given.email
        join lateral (
            select id, working_days from teams where workspace_id = :workspace and lower(name) = given.team
            order by id limit 1
        ) t on true
    ), made as (
        insert into team_members (workspace_id, team_id, user_id, zone, reminder_hour, digest_hour, working_days,
                                  away_because, receipts, created_at)
        select :workspace, team_id, user_id, zone, asked, told,
               case days when '' then team_days else cast(string_to_array(days, null) as smallint[]) end,
               '', 'team', :now
        from given order by place
        on conflict (team_id, user_id) do nothing
        returning id, team_id, user_id, zone, reminder_hour, digest_hour, working_days
    )
    select made.*, given.email, given.team, u.name, m.role
    from made join given using (team_id, user_id) join users u on u.id = made.user_id
    join memberships m on m.user_id = made.user_id and m.workspace_id = :workspace
""")

_PLAN = text("""
    update team_members m set next_reminder_at = given.asked, next_digest_at = given.told
    from unnest(cast(:ids as bigint[]), cast(:asked as timestamptz[]), cast(:told as timestamptz[]))
         as given(id, asked, told)
    where m.id = given.id
""")
