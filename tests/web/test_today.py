"""What was asked and answered today, and answering here instead of by mail."""

from sqlalchemy import select

from models import rounds
from models.db import transaction
from models.entry import Entry
from models.prompt import Prompt
from tests import people

DONE = "- Wrote note G\n[] Have it printed\n! The printer is ill\n"


def entries():
    with transaction() as tx:
        return [(e.kind, e.body, str(e.local_date)) for e in tx.scalars(select(Entry).order_by(Entry.id))]


def seated(clock, at="2026-03-02 12:00", **where):
    clock.at(at)
    with transaction() as tx:
        return people.seat(tx, people.team(tx, people.workspace(tx)), "Ada", **where)


def test_an_answer_given_here_counts_as_one_by_mail(clock, signed_in):
    seat = seated(clock)
    page = signed_in(seat.user).press("Add", body=DONE)
    assert page.path == "/"
    assert entries() == [
        ("done", "Wrote note G", "2026-03-02"),
        ("goal", "Have it printed", "2026-03-02"),
        ("blocker", "The printer is ill", "2026-03-02"),
    ]
    assert [item.get("class") for item in page.page.find_class("entry")] == [
        "entry done",
        "entry goal",
        "entry blocker",
    ]
    assert "you have answered" in page.text


def test_whoever_has_answered_is_not_asked_any_more_that_day(clock, signed_in):
    seat = seated(clock)
    signed_in(seat.user).press("Add", body="Wrote note G")
    clock.at("2026-03-02 18:00")
    with transaction() as tx:
        assert rounds.ask(tx).delivery_ids == []


def test_whoever_was_asked_answers_the_same_prompt(clock, signed_in):
    seat = seated(clock)
    clock.at("2026-03-02 18:00")
    with transaction() as tx:
        rounds.ask(tx)
    page = signed_in(seat.user)
    assert "asked at 18:00" in page.text
    page.press("Add", body="Wrote note G")
    with transaction() as tx:
        assert tx.scalars(select(Prompt)).one().answered_at


def test_a_form_that_is_sent_twice_says_nothing_twice(clock, signed_in):
    page = signed_in(seated(clock).user)
    page.press("Add", body="Wrote note G\nWrote note G")
    page.press("Add", body="Wrote note G")
    assert "That is there already." in page.text
    page.press("Add", body="Wrote note G\nand note H")
    assert [body for _, body, _ in entries()] == ["Wrote note G", "and note H"]


def test_nothing_written_is_said_to_be_nothing(clock, signed_in):
    page = signed_in(seated(clock).user).press("Add", body=" \n\0\n ")
    assert "Please write at least one line." in page.text
    assert entries() == []


def test_the_day_is_the_members_own(clock, signed_in):
    page = signed_in(seated(clock, "2026-03-02 20:00", zone="Asia/Tokyo").user)
    assert "Tuesday, 3 March 2026" in page.text
    page.press("Add", body="Slept")
    assert entries() == [("done", "Slept", "2026-03-03")]


def test_an_answer_begun_before_midnight_counts_for_the_day_it_was_about(clock, signed_in):
    page = signed_in(seated(clock, "2026-03-02 23:59").user)
    clock.at("2026-03-03 00:01")
    page.press("Add", body="Stayed up")
    assert entries() == [("done", "Stayed up", "2026-03-02")]


def test_a_day_that_somebody_made_up_is_today(clock, signed_in):
    page = signed_in(seated(clock).user)
    for day in ("2026-03-04", "2020-01-01", "x"):
        page.press("Add", body=f"Wrote {day}", day=day)
    assert {day for _, _, day in entries()} == {"2026-03-02"}


def test_nobody_answers_for_somebody_else(ada, adas, graces):
    token = adas.page.find(".//input[@name='csrf_token']").get("value")
    answer = adas.client.post(f"/team-members/{ada.other_seat}/answers", data={"csrf_token": token, "body": "I slept"})
    assert answer.status_code == 404
    assert all("slept" not in body for _, body, _ in entries())


def test_what_people_write_is_shown_as_text(clock, signed_in):
    page = signed_in(seated(clock).user).press("Add", body="<script>alert(1)</script> & <b>bold</b>")
    assert "<script>alert(1)</script> & <b>bold</b>" in page.text


def test_whoever_has_no_team_yet_is_told_what_to_do(clock, signed_in):
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        workspace = people.workspace(tx)
        ada = people.person(tx, "Ada")
        grace = people.person(tx, "Grace")
        workspace.admit(tx, grace)
    assert "Make your first team" in signed_in(ada).get("/today").text
    assert "Ask an owner or admin" in signed_in(grace).text
