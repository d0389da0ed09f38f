"""Whom an import brought is taken back, except those who did something since."""

import random
from datetime import date, time

import pytest
from sqlalchemy import select

from models.comment import Comment
from models.db import transaction
from models.delivery import Delivery
from models.imports import undoing
from models.imports.file import Existing, Import
from models.membership import Membership
from models.prompt import Prompt
from models.sign_in import SignIn
from models.team import Team
from models.team_member import TeamMember
from models.user import User
from tests import people
from tests.models.imports.undone import PEOPLE, snapshot, states, undo
from tests.models.imports.work import outcomes, rows, run, seat, uploaded


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_what_nobody_touched_is_as_if_it_had_never_been(workspace, clock, chunk):
    clock.at("2026-03-02 12:00")
    before = snapshot()
    number = uploaded(workspace, PEOPLE)
    run(number)
    assert snapshot() != before
    undo(number, chunk)
    assert snapshot() == before
    assert states(number) == ["undone"] * 4 + ["invalid"]
    with transaction() as tx:
        assert tx.scalar(select(Import.state)) == "undone"
        assert set(tx.scalars(select(Delivery.state).filter_by(kind="invitation"))) == {"canceled"}


def test_who_was_here_before_is_as_they_were(workspace, clock):
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        engine = tx.scalar(select(Team))
        people.seat(tx, engine, "Grace")
        tx.scalar(select(User).filter_by(email="grace@example.com")).name = ""
        people.seat(tx, engine, "Dorothy").work_on((0, 2))
        people.person(tx, "Katherine").name = ""
    before = snapshot()
    content = "name,mail,zone,reminder,digest,days,role,team\nAdmiral,grace@example.com,Asia/Tokyo,07:00,6,Mon,admin,\n"
    content += "Dot,dorothy@example.com,Asia/Tokyo,07:00,,Tue-Thu,,\nKate,katherine@example.com,,,,,,Engine\n"
    number = uploaded(workspace, content, existing=Existing.OVERWRITE)
    run(number)
    assert states(number) == ["changed", "changed", "created"]
    undo(number)
    assert (snapshot(), states(number)) == (before, ["undone"] * 3)


def answers(tx, member):
    Prompt.on(tx, member, date(2026, 3, 2)).answer(tx, [("done", "flew")])


def comments(tx, member):
    mail = {"workspace_id": member.workspace_id, "team_id": member.team_id, "author_id": member.user_id}
    tx.add(Comment(**mail, local_date=date(2026, 3, 2), kind="comment", body="well done"))


def signs_in(tx, member):
    SignIn.ask(tx, member.user).use(tx)


DEEDS = {
    "has answered since": answers,
    "has taken part in comments since": comments,
    "has signed in since": signs_in,
    "has left the team since": lambda tx, member: member.leave(),
    "has said since when not to be asked": lambda tx, member: member.pause(),
    "changed since: working days": lambda tx, member: member.work_on((0,)),
    "changed since: asked at": lambda tx, member: member.keep_hours(
        zone=member.zone, reminder_hour=time(7), digest_hour=member.digest_hour
    ),
    "changed since: name": lambda tx, member: setattr(member.user, "name", "Rear Admiral"),
    "changed since: role": lambda tx, member: setattr(
        tx.scalar(select(Membership).filter_by(user_id=member.user_id)), "role", "admin"
    ),
}


@pytest.mark.parametrize("reason", DEEDS)
def test_what_somebody_did_since_keeps_their_place_and_says_why(workspace, reason):
    number = uploaded(workspace, PEOPLE.replace("Grace,grace@example.com,Radio,,\n", ""))
    run(number)
    with transaction() as tx:
        DEEDS[reason](tx, tx.scalar(select(TeamMember).join(User).where(User.email == "grace@example.com")))
    theirs = seat("grace")
    undo(number)
    assert (states(number)[0], rows(number)[0].reason) == ("kept", reason)
    assert states(number)[1:3] == ["undone", "undone"]
    assert seat("grace").__dict__.items() >= {"id": theirs.id, "zone": theirs.zone}.items()


def test_a_team_that_somebody_else_has_joined_stays_and_is_named(workspace):
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        people.seat(tx, tx.scalar(select(Team).filter_by(name="Radio")), "Hedy")
    undo(number, chunk=1)
    assert "the team “Radio” stays: somebody is in it" in [row.reason for row in rows(number)]
    with transaction() as tx:
        assert sorted(tx.scalars(select(Team.name))) == ["Engine", "Radio"]


def test_an_invitation_that_is_gone_is_told(workspace):
    number = uploaded(workspace, "mail\ngrace@example.com\n")
    run(number)
    with transaction() as tx:
        tx.scalars(select(Delivery).filter_by(kind="invitation")).one().state = "delivered"
    undo(number)
    assert outcomes(number) == [(2, "undone", "the invitation was delivered already")]


def test_it_is_tried_without_changing_anything(workspace):
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        answers(tx, tx.scalar(select(TeamMember).join(User).where(User.email == "katherine@example.com")))
    before = snapshot(), outcomes(number)
    with transaction() as tx:
        trial = undoing.tried(tx, tx.get_one(Import, number))
    assert (trial.of, trial.tried, trial.undone) == (4, 4, 3)
    assert [(place, reason) for _, place, reason in trial.kept] == [(4, "has answered since")]
    assert (snapshot(), outcomes(number)) == before
    with transaction() as tx:
        assert tx.scalar(select(Import.state)) in ("running", "finished")


def test_a_second_import_of_the_same_keeps_what_it_found(workspace):
    first = uploaded(workspace, "mail,reminder\ngrace@example.com,7\n")
    run(first)
    second = uploaded(workspace, "mail,reminder\ngrace@example.com,8\n", existing=Existing.OVERWRITE)
    run(second)
    undo(first)
    assert outcomes(first) == [(2, "kept", "changed since: asked at")]
    undo(second)
    assert (states(second), str(seat("grace").reminder_hour)) == (["undone"], "07:00:00")


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_in_between_is_there_and_all_else_is_as_before(workspace, clock, seed):
    """Some were here before, some rows change them, some people do something; then the import is undone."""
    clock.at("2026-03-02 12:00")
    dice = random.Random(seed)
    names = [f"P{n}" for n in range(12)]
    with transaction() as tx:
        engine = tx.scalar(select(Team))
        for name in dice.sample(names, 4):
            people.seat(tx, engine, name)
    before = snapshot()
    content = "mail,team,reminder,days,role\n" + "".join(
        f"{people.address(name)},{dice.choice(['Engine', 'Radio', 'Orbit'])},{dice.choice(['', '7', '18:00'])},"
        f"{dice.choice(['', 'Mon'])},{dice.choice(['', 'editor'])}\n"
        for name in dice.choices(names, k=20)
    )
    number = uploaded(workspace, content, existing=Existing.OVERWRITE)
    run(number)
    touched = set()
    with transaction() as tx:
        known = {member["id"] for member in before["team_members"]}
        for member in tx.scalars(select(TeamMember).order_by(TeamMember.id)):
            if dice.random() < 0.3:
                dice.choice([answers, comments, lambda tx, member: member.work_on((5, 6))])(tx, member)
                touched.add(member.id)
    since = snapshot()
    undo(number, chunk=dice.choice([1, 3, 50]))
    after = snapshot()
    for words in ("entries", "comments", "prompts", "inbound_emails", "sign_ins"):
        assert after[words] == since[words]
    seats = {member["id"]: member for member in after["team_members"]}
    assert seats.keys() == known | touched
    untouched = [member for member in before["team_members"] if member["id"] not in touched]
    assert all(seats[member["id"]] == member for member in untouched)
    needed = {member["team_id"] for member in seats.values()}
    assert {team["id"] for team in after["teams"]} == needed | {engine.id}
    here = {member["user_id"] for member in seats.values()} | {user["id"] for user in before["users"]}
    assert {user["id"] for user in after["users"]} == here
    assert {each["user_id"] for each in after["memberships"]} == here
