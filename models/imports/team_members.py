"""Rows that are people in teams: who, in which team, asked and told when, on which days, in which zone, as what."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from config import settings
from models.delivery import Addressee, Delivery
from models.imports.cells import Unreadable
from models.imports.decision import Decision, Done, Outcome, Return
from models.imports.file import Existing, Import
from models.imports.kind import Field
from models.imports.manner import days, hour, shown
from models.imports.person import Person
from models.imports.seating import Seating
from models.imports.unseating import Unseating
from models.membership import Membership, Role
from models.team_member import TeamMember
from models.user import User


class TeamMembers:
    word = "team_members"
    label = "Team members"
    fields: tuple[Field, ...] = (
        Field("email", "E-mail address", ("email", "mail", "address", "emailaddress", "workemail"), required=True),
        Field(
            "name",
            "Name",
            ("name", "fullname", "firstname", "lastname", "person", "member", "givenname", "surname"),
            several=True,
        ),
        Field("team", "Team", ("team", "teamname", "group", "department", "abteilung", "équipe")),
        Field("reminder_hour", "Asked at", ("reminderhour", "reminder", "askedat", "askat", "remindertime", "ask")),
        Field("digest_hour", "Digest at", ("digesthour", "digest", "digestat", "digesttime")),
        Field("days", "Working days", ("days", "workingdays", "workdays", "weekdays")),
        Field("zone", "Time zone", ("zone", "timezone", "tz", "zeitzone")),
        Field("role", "Role", ("role", "rights", "access")),
    )

    def read(self, given: Mapping[str, str], imported: Import) -> Person:
        """What a program may do, its key says: it makes nobody an editor or admin."""
        person = Person.of({"team": imported.options.get("team", ""), **given})
        if imported.user_id is None and person.role in (Role.EDITOR, Role.ADMIN):
            raise Unreadable(f"no key gives the role “{person.role}”: somebody who is signed in can import it")
        return person

    def key(self, item: Person) -> str:
        return f"{item.email}\n{item.team.casefold()}"

    def decide(self, tx: Session, imported: Import, items: Mapping[int, Person]) -> dict[int, Decision]:
        if not items:
            return {}
        found = _look_up(tx, imported.workspace_id, items)
        return {number: _decide(imported, person, found[number]) for number, person in items.items()}

    def carry_out(self, tx: Session, imported: Import, decided: Mapping[int, Decision]) -> Iterable[int]:
        changed = [each for each in decided.values() if each.outcome == Outcome.CHANGED]
        _change(tx, imported, changed)
        created = {number: each for number, each in decided.items() if each.outcome == Outcome.CREATED}
        if not created:
            return []
        people = {number: each.about for number, each in created.items()}
        seats = Seating(tx, imported).seat(people)
        for number, seat in seats.items():
            created[number].subject_id = seat.id
            created[number].changes |= _given(created[number].changes, seat)
        return created.keys() - seats.keys()

    def invite(self, tx: Session, imported: Import, decided: Iterable[Decision]) -> dict[str, list[int]]:
        """Whoever is new, except whoever imports."""
        if not imported.options.get("invite"):
            return {}
        new = [each for each in decided if each.outcome == Outcome.CREATED]
        own = tx.scalar(select(User.email).filter_by(id=imported.user_id))
        to = [Addressee(imported.workspace_id, n.subject_id or 0, n.about.email) for n in new if n.about.email != own]
        return {"invitation": Delivery.address(tx, "invitation", to)}

    def take_back(self, tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
        return Unseating(tx, imported, done).take_back()


def _look_up(tx: Session, workspace_id: int, items: Mapping[int, Person]) -> dict[int, Row[Any]]:
    values = {
        "workspace": workspace_id,
        "stream": settings.transactional_stream,
        "numbers": list(items),
        "emails": [person.email for person in items.values()],
        "teams": [person.team.lower() for person in items.values()],
    }
    return {row.number: row for row in tx.execute(_LOOK_UP, values)}


def _decide(imported: Import, person: Person, found: Row[Any]) -> Decision:
    if found.left_at:
        return Decision(Outcome.SKIPPED, f"left the team on {found.left_at:%-d %B %Y}: an import brings nobody back")
    if found.seat_id:
        return _meet(imported, person, found)
    if found.suppressed:
        return Decision(Outcome.SKIPPED, f"suppressed: {found.suppressed}")
    changes: dict[str, list[Any]] = {"team": ["", found.team or person.team]}
    changes |= {} if found.user_id else {"person": ["", person.email]}
    changes |= {"name": ["", person.name]} if person.name and not found.name else {}
    changes |= {} if found.role else {"role": ["", person.role or Role.MEMBER]}
    reason = "" if found.team_id else f"in a new team, {person.team}"
    return Decision(Outcome.CREATED, reason, changes, about=person)


def _given(changes: Mapping[str, Any], seat: Row[Any]) -> dict[str, list[Any]]:
    """What somebody new is asked and told by, and is: of several rows about them, the first may have said it."""
    now = {"name": seat.name, **shown(seat), "role": seat.role}
    return {what: ["", word] for what, word in now.items() if what in changes or what not in ("name", "role")}


def _meet(imported: Import, person: Person, found: Row[Any]) -> Decision:
    """Somebody who is in the team already."""
    if imported.existing == Existing.SKIP:
        return Decision(Outcome.SKIPPED, "in the team already", subject_id=found.seat_id)
    said = _said(imported, person, found) if imported.existing == Existing.OVERWRITE else {"name": person.name}
    gaps = imported.existing == Existing.FILL
    before = {"name": found.name, **shown(found), "role": found.role}
    changes = {
        what: [before[what], word] for what, word in said.items() if word and word != before[what]
        and not (gaps and before[what])
    }  # fmt: skip
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Decision(outcome, "", changes, found.seat_id, about=(person, found))


def _said(imported: Import, person: Person, found: Row[Any]) -> dict[str, str]:
    """A name that other workspaces see too is not ours to change, nor is what an owner or the importer may do; and no
    program changes what anybody may."""
    keeps_role = found.role == Role.OWNER or imported.user_id in (None, found.user_id)
    return {
        "name": "" if found.is_elsewhere and found.name else person.name,
        "asked at": hour(person.reminder_hour),
        "digest at": hour(person.digest_hour),
        "working days": days(person.days),
        "zone": person.zone,
        "role": "" if keeps_role else person.role,
    }


def _change(tx: Session, imported: Import, changed: list[Decision]) -> None:
    ids = [each.subject_id for each in changed]
    rows = select(TeamMember).where(TeamMember.id.in_(ids)).order_by(TeamMember.id)
    seats = {seat.id: seat for seat in tx.scalars(rows.with_for_update())}
    for each in changed:
        person, found = each.about
        _tell(seats[found.seat_id], person, each.changes)
        if "name" in each.changes:
            tx.get_one(User, found.user_id).name = person.name
        if "role" in each.changes:
            _give(tx, found.membership_id, person.role)
    tx.flush()


def _give(tx: Session, membership_id: int, role: str) -> None:
    """To nobody who has become an owner meanwhile."""
    membership = tx.get_one(Membership, membership_id, with_for_update=True)
    if membership.role != Role.OWNER:
        membership.role = role


def _tell(seat: TeamMember, person: Person, changes: Mapping[str, Any]) -> None:
    if "working days" in changes:
        seat.work_on(person.days)
    if changes.keys() & {"zone", "asked at", "digest at"}:
        asked, told = person.reminder_hour or seat.reminder_hour, person.digest_hour or seat.digest_hour
        seat.keep_hours(zone=person.zone or seat.zone, reminder_hour=asked, digest_hour=told)


_LOOK_UP = text("""
    select given.number, u.id as user_id, coalesce(u.name, '') as name, m.id as membership_id,
           coalesce(m.role, '') as role, t.id as team_id, t.name as team, s.id as seat_id, s.zone, s.reminder_hour,
           s.digest_hour, s.working_days, s.left_at, x.reason as suppressed,
           exists (select from memberships o where o.user_id = u.id and o.workspace_id <> :workspace) as is_elsewhere
    from unnest(cast(:numbers as int[]), cast(:emails as text[]), cast(:teams as text[]))
         as given(number, email, team)
    left join users u on u.email = given.email
    left join memberships m on m.user_id = u.id and m.workspace_id = :workspace
    left join lateral (
        select id, name from teams where workspace_id = :workspace and lower(name) = given.team order by id limit 1
    ) t on true
    left join team_members s on s.team_id = t.id and s.user_id = u.id
    left join lateral (
        select reason from suppressions
        where workspace_id = :workspace and email = given.email and stream = :stream and lifted_at is null limit 1
    ) x on true
""")
