"""What becomes of each row of a file of people."""

import pytest
from sqlalchemy import func, select

from jobs import imports as jobs
from models.db import transaction
from models.delivery import Delivery
from models.imports.file import Existing
from models.imports.kinds import KINDS
from models.suppression import Suppression
from models.team import Team
from models.team_member import TeamMember
from tests import people
from tests.models.imports.work import PEOPLE, outcomes, progress, rows, run, seat, uploaded

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
