"""An import is undone: everything goes back, except what people did since."""

import random
from datetime import date, time

import pytest
from sqlalchemy import select, text

from jobs import imports as jobs
from jobs import undoing as undo_jobs
from jobs.door import queue_named
from models.comment import Comment
from models.contact import Contact
from models.db import Base, transaction
from models.delivery import Addressee, Delivery
from models.edition import Edition
from models.imports import undoing
from models.imports.file import Existing, Import
from models.imports.progress import Progress
from models.imports.row import ImportRow
from models.membership import Membership
from models.prompt import Prompt
from models.sign_in import SignIn
from models.subscription import Subscription
from models.team import Team
from models.team_member import TeamMember
from models.user import User
from tests import people
from tests.models.test_import_kinds import letters, subscribers  # noqa: F401  (a fixture)
from tests.models.test_imports import outcomes, rows, run, seat, uploaded, workspace  # noqa: F401  (a fixture)

OWN = ("imports", "import_rows", "import_pieces", "import_tallies", "deliveries", "standings", "growths")
PEOPLE = """name,mail,team,reminder,role
Grace,grace@example.com,Engine,17:30,editor
Grace,grace@example.com,Radio,,
Katherine,katherine@example.com,Orbit,,
Dorothy,dorothy@example.com,Radio,8:00,
Nobody,not an address,Radio,,
"""


def undo(number, chunk=100):
    """As the worker does it, in chunks of that many."""
    with transaction() as tx:
        assert tx.get_one(Import, number).undo(tx)
        ids = undoing.waiting(tx, number, 0, 10_000)
    for start in range(0, len(ids), chunk):
        assert set(undo_jobs.undo_row.together(ids[start : start + chunk])) == {None}
    jobs.sweep_imports()


def snapshot():
    """Every row of every table, but those of the import itself and of mail that has been sent."""
    with transaction() as tx:
        tables = [table for name, table in Base.metadata.tables.items() if name not in OWN]
        return {
            table.name: [dict(row._mapping) for row in tx.execute(select(table).order_by(text("1")))]
            for table in tables
        }


def states(number):
    return [row.state for row in rows(number)]


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_what_nobody_touched_is_as_if_it_had_never_been(workspace, clock, chunk):  # noqa: F811
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


def test_who_was_here_before_is_as_they_were(workspace, clock):  # noqa: F811
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
def test_what_somebody_did_since_keeps_their_place_and_says_why(workspace, reason):  # noqa: F811
    number = uploaded(workspace, PEOPLE.replace("Grace,grace@example.com,Radio,,\n", ""))
    run(number)
    with transaction() as tx:
        DEEDS[reason](tx, tx.scalar(select(TeamMember).join(User).where(User.email == "grace@example.com")))
    theirs = seat("grace")
    undo(number)
    assert (states(number)[0], rows(number)[0].reason) == ("kept", reason)
    assert states(number)[1:3] == ["undone", "undone"]
    assert seat("grace").__dict__.items() >= {"id": theirs.id, "zone": theirs.zone}.items()


def test_a_team_that_somebody_else_has_joined_stays_and_is_named(workspace):  # noqa: F811
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        people.seat(tx, tx.scalar(select(Team).filter_by(name="Radio")), "Hedy")
    undo(number, chunk=1)
    assert "the team “Radio” stays: somebody is in it" in [row.reason for row in rows(number)]
    with transaction() as tx:
        assert sorted(tx.scalars(select(Team.name))) == ["Engine", "Radio"]


def test_an_invitation_that_is_gone_is_told(workspace):  # noqa: F811
    number = uploaded(workspace, "mail\ngrace@example.com\n")
    run(number)
    with transaction() as tx:
        tx.scalars(select(Delivery).filter_by(kind="invitation")).one().state = "delivered"
    undo(number)
    assert outcomes(number) == [(2, "undone", "the invitation was delivered already")]


def test_it_is_tried_without_changing_anything(workspace):  # noqa: F811
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


READERS = """Email,First,Tags,City
grace@example.com,Grace,"navy; cobol",New York
hedy@example.com,Hedy,,Vienna
mary@example.com,Mary,,
"""
TAKEN = ["email", "name", "tags", "attribute"]


def test_subscribers_go_and_what_was_known_of_them_is_as_before(workspace, letters, clock):  # noqa: F811
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        tx.add(Contact(workspace_id=workspace, email="grace@example.com", name="G.", attributes={"City": "Rome"}))
        tx.add(Contact(workspace_id=workspace, email="hedy@example.com", name="Hedy", attributes={"Shoe": "38"}))
    before = snapshot()
    number = subscribers(workspace, letters, READERS, TAKEN, existing=Existing.OVERWRITE)
    run(number)
    assert states(number) == ["created"] * 3
    undo(number, chunk=2)
    assert (snapshot(), states(number)) == (before, ["undone"] * 3)


def test_subscribers_stay_who_have_got_an_edition_or_left_or_are_known_better(workspace, letters):  # noqa: F811
    number = subscribers(workspace, letters, READERS, TAKEN)
    run(number)
    with transaction() as tx:
        edition = Edition(workspace_id=workspace, publication_id=letters, subject="One", html="", text="")
        tx.add(edition)
        tx.flush()
        grace = Addressee(workspace, edition.id, "grace@example.com")
        tx.get_one(Delivery, Delivery.address(tx, "edition", [grace])[0]).state = "delivered"
        tx.scalar(select(Subscription).join(Contact).where(Contact.email == "hedy@example.com")).leave(tx)
        tx.scalar(select(Contact).filter_by(email="mary@example.com")).note = "met in Turin"
    undo(number)
    assert [(row.state, row.reason) for row in rows(number)] == [
        ("kept", "has been sent an edition since"),
        ("kept", "unsubscribed since"),
        ("kept", "changed since: note"),
    ]
    with transaction() as tx:
        assert sorted(tx.scalars(select(Subscription.state))) == ["active", "unsubscribed"]
        assert len(tx.scalars(select(Contact)).all()) == 3


@pytest.mark.parametrize(("existing", "tags"), [("skip", ["vip"]), ("fill", ["vip"]), ("overwrite", ["navy", "vip"])])
@pytest.mark.parametrize("column", ["tags", "attribute"])
def test_tags_are_added_to_those_that_there_are_and_taken_back(workspace, existing, tags, column):  # noqa: F811
    with transaction() as tx:
        tx.add(Contact(workspace_id=workspace, email="grace@example.com", tags=["vip"]))
    people = "mail,tags\ngrace@example.com,navy; vip\nnew@example.com,b|a\n"
    number = uploaded(workspace, people, kind="contacts", mapping=["email", column], existing=existing, options={})
    run(number)
    with transaction() as tx:
        assert list(tx.scalars(select(Contact.tags).order_by(Contact.email))) == [tags, ["a", "b"]]
    undo(number)
    with transaction() as tx:
        assert list(tx.scalars(select(Contact.tags))) == [["vip"]]


def test_contacts_go_or_are_as_before_unless_touched(workspace, letters, clock):  # noqa: F811
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        tx.add(Contact(workspace_id=workspace, email="grace@example.com", name="G."))
    before = snapshot()
    number = uploaded(workspace, READERS, kind="contacts", mapping=TAKEN, existing=Existing.OVERWRITE)
    run(number)
    undo(number)
    assert (snapshot(), states(number)) == (before, ["undone"] * 3)
    number = uploaded(workspace, READERS, kind="contacts", mapping=TAKEN, existing=Existing.OVERWRITE)
    run(number)
    with transaction() as tx:
        tx.scalar(select(Contact).filter_by(email="grace@example.com")).name = "Amazing Grace"
        hedy, mary = tx.scalars(select(Contact).where(Contact.email > "h").order_by(Contact.email))
        hedy.attributes = {**hedy.attributes, "City": "Hollywood"}
        Subscription.begin(tx, letters, mary, consent="asked us")
    undo(number)
    assert [(row.state, row.reason) for row in rows(number)] == [
        ("kept", "changed since: name"),
        ("kept", "changed since: City"),
        ("kept", "somebody counts on the contact: it subscribes, or is on a list"),
    ]
    with transaction() as tx:
        assert tx.scalar(select(Contact.attributes).filter_by(email="grace@example.com")) == {}


def test_a_second_import_of_the_same_keeps_what_it_found(workspace):  # noqa: F811
    first = uploaded(workspace, "mail,reminder\ngrace@example.com,7\n")
    run(first)
    second = uploaded(workspace, "mail,reminder\ngrace@example.com,8\n", existing=Existing.OVERWRITE)
    run(second)
    undo(first)
    assert outcomes(first) == [(2, "kept", "changed since: asked at")]
    undo(second)
    assert (states(second), str(seat("grace").reminder_hour)) == (["undone"], "07:00:00")


def test_only_what_has_ended_is_undone_and_once(workspace):  # noqa: F811
    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert not imported.undo(tx)
        assert imported.run(tx) and not imported.undo(tx)
        ids = ImportRow.pending(tx, number, 0, 2)
    jobs.import_row.together(ids)
    with transaction() as tx:
        assert tx.get_one(Import, number).cancel(tx)
    jobs.cancel_rows(number)
    undo(number)
    assert states(number) == ["undone", "undone", "canceled", "canceled", "canceled"]
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert (imported.state, imported.undo(tx)) == ("undone", False)


def test_a_sweep_takes_up_what_lost_its_jobs_and_progress_moves(workspace, clock):  # noqa: F811
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        assert tx.get_one(Import, number).undo(tx)
    clock.forward(seconds=11)
    undo_jobs.sweep_undoing()
    (fed,) = queue_named("low").jobs
    undo_jobs.feed_undo(*fed.args)
    waiting = [job.args[0] for job in queue_named("low").jobs][1:]
    assert len(waiting) == 4
    with transaction() as tx:
        progress = Progress.of(tx, number)
        assert (progress.state, progress.percent, progress.concerned) == ("undoing", 0, 4)
    undo_jobs.undo_row.together(waiting[:2])
    undo_jobs.undo_row.together(waiting[:2])
    with transaction() as tx:
        progress = Progress.of(tx, number)
        assert (progress.percent, progress.waiting, progress.per_second > 0) == (50, 2, True)
    undo_jobs.undo_row.together(waiting)
    with transaction() as tx:
        assert Progress.of(tx, number).state == "undone"


def test_a_row_that_breaks_our_code_stays_alone(workspace, monkeypatch):  # noqa: F811
    from models.imports import unseating

    number = uploaded(workspace, PEOPLE)
    run(number)
    real = unseating.manner.shown

    def broken(member):
        return real(member) if member.user.name != "Dorothy" else 1 / 0

    monkeypatch.setattr(unseating.manner, "shown", broken)
    undo(number)
    assert outcomes(number)[3] == (5, "kept", "ZeroDivisionError: division by zero")
    assert states(number)[:3] == ["undone"] * 3


def test_a_worker_that_dies_half_way_loses_and_repeats_nothing(workspace, clock, monkeypatch):  # noqa: F811
    """The transaction of a chunk ends after its last statement and before its commit."""
    clock.at("2026-03-02 12:00")
    before = snapshot()
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        assert tx.get_one(Import, number).undo(tx)
        ids = undoing.waiting(tx, number, 0, 10)
    undo_jobs.undo_row.together(ids[:1])
    half = snapshot(), outcomes(number)
    with pytest.raises(SystemExit), transaction() as tx:
        undoing.undo(tx, ids)
        raise SystemExit
    assert (snapshot(), outcomes(number)) == half
    undo_jobs.undo_row.together(ids)
    assert snapshot() == before


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_do_in_between_is_there_and_all_else_is_as_before(workspace, clock, seed):  # noqa: F811
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
