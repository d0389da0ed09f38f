"""Files become rows, and rows become people in teams."""

import io

import pytest
from sqlalchemy import func, select, text

from jobs import imports as jobs
from models.db import transaction
from models.delivery import Delivery
from models.imports.dialect import Dialect
from models.imports.file import Existing, Import
from models.imports.kinds import KINDS
from models.imports.preview import Preview
from models.imports.progress import Progress
from models.imports.row import ImportRow
from models.suppression import Suppression
from models.team import Team
from models.team_member import TeamMember
from models.user import User
from models.workspace import Workspace
from tests import people

PEOPLE = """Name,E-Mail,Team,Asked at,Digest at,Days,Time zone,Role
Grace Hopper,Grace@Example.com,Engine,17:30,8,Mon-Thu,America/New_York,editor
Katherine,katherine@example.com,,6 pm,,,berlin,
Nobody,not an address,Engine,,,,,
Grace again,grace@example.com,engine,,,,,
Dorothy,dorothy@example.com,Orbit,25:00,,,,
"""


@pytest.fixture
def workspace():
    with transaction() as tx:
        made = people.workspace(tx)
        people.team(tx, made)
    return made.id


def uploaded(workspace, content, **said):
    """An import of that file, with its columns guessed."""
    raw = content.encode() if isinstance(content, str) else content
    kind, mapping = said.pop("kind", "team_members"), said.pop("mapping", None)
    with transaction() as tx:
        seen = Preview.of(raw, Dialect.of(raw), KINDS[kind], whole=True)
        options = {"team": "Engine", "zone": "UTC", "reminder_hour": "18:00", "digest_hour": "09:00", "invite": True}
        owner = tx.scalar(select(User.id).order_by(User.id))
        made = Import(
            workspace_id=workspace, user_id=owner, name="people.csv", size=len(raw), kind=kind,
            encoding=seen.dialect.encoding, delimiter=seen.dialect.delimiter, skipped=seen.dialect.skipped,
            has_header=seen.has_header, columns=seen.columns, mapping=mapping or seen.mapping,
            options=options | said.pop("options", {}),
        )  # fmt: skip
        tx.add(made)
        tx.flush()
        made.keep(tx, io.BytesIO(raw))
        assert made.check(tx, **said)
    jobs.read_import(made.id, 1)
    return made.id


def run(number):
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
        ids = ImportRow.pending(tx, number, 0, 10_000)
    assert jobs.import_row.together(ids) == [None] * len(ids)


def rows(number):
    with transaction() as tx:
        found = select(ImportRow).filter_by(import_id=number).order_by(ImportRow.number)
        return tx.scalars(found).all()


def outcomes(number):
    return [(row.number, row.state, row.reason) for row in rows(number)]


def progress(number):
    with transaction() as tx:
        return Progress.of(tx, number)


def seat(name):
    with transaction() as tx:
        found = select(TeamMember).join(User).where(User.email == people.address(name))
        member = tx.scalar(found)
        return member and (member, member.user, member.team) and member


EXPECTED = [
    (2, "created", ""),
    (3, "created", ""),
    (4, "invalid", "'not an address' is not an e-mail address: An email address must have an @-sign."),
    (5, "skipped", "the same as row 2"),
    (6, "invalid", "“25:00” is no hour; write it as 18:00"),
]


def test_a_check_says_what_would_become_of_each_row_and_changes_nothing(workspace):
    number = uploaded(workspace, PEOPLE)
    assert [(row.number, row.forecast, row.reason) for row in rows(number)] == EXPECTED
    assert progress(number).forecast == {"created": 2, "skipped": 1, "invalid": 2}
    assert (progress(number).state, progress(number).states) == ("checked", {"pending": 5})
    assert seat("grace") is None


def test_every_row_ends_in_the_state_that_was_expected_and_is_what_it_said(workspace):
    number = uploaded(workspace, PEOPLE)
    run(number)
    assert outcomes(number) == EXPECTED
    grace = seat("grace")
    assert (grace.user.name, grace.team.name, grace.zone) == ("Grace Hopper", "Engine", "America/New_York")
    assert (str(grace.reminder_hour), str(grace.digest_hour), grace.working_days) == (
        "17:30:00",
        "08:00:00",
        [0, 1, 2, 3],
    )
    katherine = seat("katherine")
    assert (str(katherine.reminder_hour), katherine.zone) == ("18:00:00", "Europe/Berlin")
    assert katherine.working_days == [0, 1, 2, 3, 4]
    assert grace.next_reminder_at and katherine.next_digest_at
    assert progress(number).state == "finished"


def test_new_people_are_invited_through_deliveries_and_whoever_imports_is_not(workspace):
    run(uploaded(workspace, "mail\ngrace@example.com\nada@example.com\n"))
    with transaction() as tx:
        assert tx.scalars(select(Delivery.recipient).filter_by(kind="invitation")).all() == ["grace@example.com"]
    run(uploaded(workspace, "mail\ndorothy@example.com\n", options={"invite": False}))
    with transaction() as tx:
        assert tx.scalar(select(func.count(Delivery.id))) == 1


def test_a_row_is_done_once_however_often_its_job_runs(workspace):
    number = uploaded(workspace, PEOPLE)
    run(number)
    before = outcomes(number)
    jobs.import_row.together([row.id for row in rows(number)] * 2)
    assert outcomes(number) == before
    with transaction() as tx:
        assert tx.scalar(select(func.count(TeamMember.id))) == 2


def test_nothing_is_done_while_it_is_paused_or_after_it_is_canceled(workspace):
    number = uploaded(workspace, PEOPLE)
    ids = [row.id for row in rows(number)]
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert imported.run(tx) and imported.pause(tx)
    jobs.import_row.together(ids)
    assert progress(number).states == {"pending": 5}
    with transaction() as tx:
        assert tx.get_one(Import, number).cancel(tx)
    jobs.import_row.together(ids)
    assert progress(number).states == {"canceled": 5}
    jobs.cancel_rows(number)
    assert {row.state for row in rows(number)} == {"canceled"}
    jobs.sweep_imports()
    with transaction() as tx:
        assert tx.get_one(Import, number).finished_at
        assert tx.scalar(text("select count(*) from import_pieces")) == 0


HERE = "name,mail,hour\nGrace,grace@example.com,\n"
CHANGED = "Name,Mail,Reminder,Zone,Role\nAdmiral,grace@example.com,07:00,Asia/Tokyo,observer\n"


@pytest.mark.parametrize(
    ("existing", "name", "outcome", "changes"),
    [
        (Existing.SKIP, "Grace", ("skipped", "in the team already"), {}),
        (Existing.FILL, "", ("changed", ""), {"name": ["", "Admiral"]}),
        (Existing.FILL, "Grace", ("unchanged", ""), {}),
        (
            *(Existing.OVERWRITE, "Grace", ("changed", "")),
            {
                "name": ["Grace", "Admiral"],
                "asked at": ["18:00", "07:00"],
                "zone": ["UTC", "Asia/Tokyo"],
                "role": ["member", "observer"],
            },
        ),
    ],
)
def test_what_happens_to_those_who_are_here_is_what_was_said(workspace, existing, name, outcome, changes):
    run(uploaded(workspace, f"name,mail\n{name},grace@example.com\n"))
    number = uploaded(workspace, CHANGED, existing=existing)
    run(number)
    (row,) = rows(number)
    assert (row.state, row.reason, row.changes) == (*outcome, changes)
    if existing == Existing.OVERWRITE:
        grace = seat("grace")
        assert (grace.user.name, str(grace.reminder_hour), grace.zone) == ("Admiral", "07:00:00", "Asia/Tokyo")
        again = uploaded(workspace, CHANGED, existing=existing)
        run(again)
        assert outcomes(again) == [(2, "unchanged", "")]


def test_nobody_who_left_or_is_suppressed_comes_back(workspace, clock):
    clock.at("2026-03-02 12:00")
    run(uploaded(workspace, "mail\ngrace@example.com\n"))
    with transaction() as tx:
        tx.scalars(select(TeamMember)).one().leave()
        about = {"reason": "hard bounce", "origin": "Postmark"}
        Suppression.impose(tx, workspace, "dorothy@example.com", "outbound", **about)
    number = uploaded(workspace, "mail\ngrace@example.com\ndorothy@example.com\n", existing=Existing.OVERWRITE)
    run(number)
    assert outcomes(number) == [
        (2, "skipped", "left the team on 2 March 2026: an import brings nobody back"),
        (3, "skipped", "suppressed: hard bounce"),
    ]
    assert (seat("grace").left_at is not None, seat("dorothy")) == (True, None)


def test_a_name_that_others_see_too_and_an_owner_stay_as_they_are(workspace):
    with transaction() as tx:
        other = people.workspace(tx, "Charles", name="Difference")
        people.seat(tx, people.team(tx, other), "Grace")
        people.seat(tx, tx.scalar(select(Team).filter_by(workspace_id=workspace)), "Ada")
    run(uploaded(workspace, "mail\ngrace@example.com\n"))
    number = uploaded(
        workspace, "n,mail,role,name\n,grace@example.com,,X\n,ada@example.com,member,Ada\n", existing="overwrite"
    )
    run(number)
    assert [row.state for row in rows(number)] == ["unchanged", "unchanged"]


def test_a_team_is_made_once_whatever_its_case(workspace):
    run(uploaded(workspace, "mail,team\na@example.com,Orbit\nb@example.com,ORBIT\nc@example.com,engine\n"))
    with transaction() as tx:
        assert sorted(tx.scalars(select(Team.name))) == ["Engine", "Orbit"]


def test_it_stays_within_the_workspace(workspace):
    with transaction() as tx:
        other = people.workspace(tx, "Charles", name="Difference")
        people.team(tx, other, "Orbit")
    run(uploaded(workspace, "mail,team\na@example.com,Orbit\n"))
    with transaction() as tx:
        assert tx.scalar(select(func.count(TeamMember.id)).filter_by(workspace_id=other.id)) == 0


def test_reading_goes_on_where_it_stopped_and_an_older_check_stops(workspace, monkeypatch):
    from models.imports import reading

    monkeypatch.setattr(reading, "PAGE", 3)
    content = "mail\n" + "".join(f"p{n}@example.com\n" for n in range(10))
    number = uploaded(workspace, content)
    with transaction() as tx:
        assert tx.get_one(Import, number).check(tx)
    some = reading.pages(number, 2)
    next(some), next(some)
    assert len(rows(number)) == 6
    assert list(reading.pages(number, 1)) == []
    list(reading.pages(number, 2))
    assert list(some) == []
    assert [row.number for row in rows(number)] == list(range(2, 12))
    assert progress(number).state == "checked"


def test_what_stops_being_a_table_is_refused_with_the_reason(workspace):
    number = uploaded(workspace, "mail\n" + "a@example.com\n" * 30 + "x" * 1_000_001)
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert (imported.state, imported.problem) == ("refused", "line 32 is longer than 1,000,000 characters")
        assert not imported.run(tx)


def test_a_sweep_takes_up_what_lost_its_job(workspace, clock):
    from jobs.door import queue_named

    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        imported.check(tx)
    clock.forward(seconds=61)
    jobs.sweep_imports()
    assert [job.args for job in queue_named("low").jobs] == [[number, 2]]
    jobs.read_import(number, 2)
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
    jobs.sweep_imports()
    assert [job.func_name.split(".")[-1] for job in queue_named("low").jobs][1:] == ["feed_import"]
    jobs.feed_import(number)
    assert len(queue_named("low").jobs) == 2 + 5


def test_a_row_that_breaks_our_code_fails_alone(workspace, monkeypatch):
    number = uploaded(workspace, "mail\na@example.com\nb@example.com\n")
    kind = KINDS["team_members"]
    read = type(kind).read

    def broken(self, given, imported):
        if given["email"].startswith("a@"):
            raise ZeroDivisionError("by zero")
        return read(self, given, imported)

    monkeypatch.setattr(type(kind), "read", broken)
    run(number)
    assert outcomes(number) == [(2, "failed", "ZeroDivisionError: by zero"), (3, "created", "")]


def test_a_workspace_that_is_deleted_takes_its_imports_along(workspace):
    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        tx.delete(tx.get_one(Workspace, workspace))
    assert rows(number) == []


def test_what_nobody_runs_is_forgotten_after_a_month(workspace, clock):
    run(uploaded(workspace, "mail\na@example.com\n"))
    unrun = uploaded(workspace, PEOPLE)
    clock.forward(days=29)
    jobs.sweep_imports()
    assert len(rows(unrun)) == 5
    clock.forward(days=2)
    jobs.sweep_imports()
    with transaction() as tx:
        assert not tx.get_one(Import, unrun).run(tx)
    for _ in range(2):
        jobs.forget_import(unrun)
    with transaction() as tx:
        assert tx.scalars(select(Import.id)).all() == [unrun - 1]


def test_rows_are_counted_whoever_changes_them_and_the_counts_kept_short(workspace, clock):
    def counted():
        with transaction() as tx:
            tallies = tx.execute(text("select state, sum(count) from import_tallies group by 1 having sum(count) <> 0"))
            rows_ = tx.execute(text("select state, count(*) from import_rows group by 1"))
            assert dict(map(tuple, tallies)) == dict(map(tuple, rows_))
            return tx.scalar(text("select count(*) from import_tallies"))

    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        tx.execute(text("update import_rows set state = 'failed' where number = 2"))
        tx.execute(text("delete from import_rows where number = 3"))
    before = counted()
    assert progress(number).states == {"invalid": 2, "skipped": 1, "failed": 1}
    clock.forward(seconds=61)
    jobs.sweep_imports()
    assert counted() < before
    jobs.sweep_imports()
    with transaction() as tx:
        tx.delete(tx.get_one(Workspace, workspace))
    clock.forward(seconds=61)
    jobs.sweep_imports()
    assert counted() == 0


def test_an_import_whose_rows_are_being_done_gets_no_second_feed(workspace, clock):
    from jobs.door import queue_named

    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
        (first,) = ImportRow.pending(tx, number, 0, 1)
    jobs.import_row.together([first])
    jobs.sweep_imports()
    assert queue_named("low").jobs == []
    clock.forward(seconds=11)
    jobs.sweep_imports()
    assert [job.args for job in queue_named("low").jobs] == [[number]]
