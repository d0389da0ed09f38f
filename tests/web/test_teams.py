"""Teams and who is in them."""

from datetime import time

import pytest
from sqlalchemy import select

from jobs.door import queue_named
from models.db import transaction
from models.delivery import Delivery
from models.entry import Entry
from models.membership import Membership
from models.team import Team
from models.team_member import TeamMember
from models.user import User
from web.invitations import invitees


def member(number):
    with transaction() as tx:
        return tx.get_one(TeamMember, number)


def people_of(team_id):
    with transaction() as tx:
        rows = select(User.email, User.name).join(TeamMember).filter_by(team_id=team_id).order_by(User.id)
        return [tuple(row) for row in tx.execute(rows)]


def test_a_new_team_asks_its_question_on_its_days_and_its_maker_is_offered_a_seat(ada, adas):
    adas.get("/teams/new").press(
        "Create the team", name=" The\tmill ", question="What turned?", working_days=["0", "6"]
    )
    assert adas.path.endswith("/invitations/new")
    assert adas.page.forms[-1].fields["people"].strip() == "Ada <ada@example.com>"
    adas.press("Invite", zone="Europe/London")
    with transaction() as tx:
        team = tx.scalars(select(Team).filter_by(name="The mill")).one()
        assert (team.question, team.working_days) == ("What turned?", [0, 6])
        assert team.members[0].working_days == [0, 6]
        assert not tx.scalars(select(Delivery).filter_by(kind="invitation")).all()


@pytest.mark.parametrize("page", ["/teams/new", "edit"])
def test_a_name_can_be_used_once_and_must_be_given(ada, adas, page):
    with transaction() as tx:
        tx.add(Team(workspace_id=ada.id, name="The mill"))
    button = "Create the team" if page == "/teams/new" else "Save the team"
    path = page if page == "/teams/new" else f"/teams/{ada.team}/edit"
    assert adas.get(path).press(button, name="The mill").errors == ["There is a team of that name already."]
    assert adas.status == 422
    assert adas.get(path).press(button, name="\0").errors == ["Please fill this in."]
    assert adas.get(path).press(button, name="x" * 81).errors == ["Please use at most 80 characters."]


def test_a_day_of_the_week_that_does_not_exist_is_refused(ada, adas):
    page = adas.get("/teams/new").press("Create the team", name="The mill", working_days=["7"])
    assert page.status == 422
    assert page.errors


def test_a_team_is_changed(ada, adas):
    adas.get(f"/teams/{ada.team}/edit").press(
        "Save the team", name="Loom", question="What was woven?", working_days=["2"]
    )
    assert "Saved." in adas.text
    with transaction() as tx:
        team = tx.get_one(Team, ada.team)
        assert (team.name, team.question, team.working_days) == ("Loom", "What was woven?", [2])


PASTED = """Katherine Johnson <KATHERINE@example.com>, mary@example.com;
"Vaughan, Dorothy" <dorothy@example.com>

  mary@example.com
"""


def test_pasted_people_are_invited_by_mail_once_each(ada, adas):
    for _ in range(2):
        adas.get(f"/teams/{ada.team}/invitations/new")
        adas.press("Invite", people=PASTED, zone="America/New_York", reminder_hour="17:30", digest_hour="08:15")
    assert people_of(ada.team)[2:] == [
        ("katherine@example.com", "Katherine Johnson"),
        ("mary@example.com", ""),
        ("dorothy@example.com", "Vaughan, Dorothy"),
    ]
    with transaction() as tx:
        deliveries = tx.scalars(select(Delivery).filter_by(kind="invitation")).all()
        seats = tx.scalars(select(TeamMember).filter_by(zone="America/New_York")).all()
    assert len(deliveries) == 3
    assert {(seat.reminder_hour, seat.digest_hour) for seat in seats} == {(time(17, 30), time(8, 15))}
    assert queue_named("default").count == 3


def test_each_bad_address_is_named_nobody_is_invited_and_what_was_typed_stays(ada, adas):
    typed = "mary@example.com\nnot an address\nDorothy <dorothy@>\n"
    page = adas.get(f"/teams/{ada.team}/invitations/new").press("Invite", people=typed)
    assert page.status == 422
    assert [error.partition(" is not")[0] for error in page.errors] == [
        "Line 2: 'not an address'",
        "Line 3: 'dorothy@'",
    ]
    assert page.page.forms[-1].fields["people"].split() == typed.split()
    assert len(people_of(ada.team)) == 2


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"people": " \n,;"}, "at least one address"),
        ({"people": "a@example.com", "zone": "Mars/Olympus"}, "no time zone called 'Mars/Olympus'"),
        ({"people": "a@example.com", "zone": "../../etc/passwd"}, "no time zone called"),
        ({"people": "a@example.com", "reminder_hour": ""}, "Please give a time"),
        ({"people": "a@example.com", "digest_hour": "25:00"}, "time"),
        ({"people": ",".join(f"p{n}@example.com" for n in range(501))}, "501 people"),
    ],
)
def test_what_else_can_be_wrong_with_an_invitation_is_said(ada, adas, typed, complaint):
    page = adas.get(f"/teams/{ada.team}/invitations/new").press("Invite", **typed)
    assert page.status == 422
    assert complaint in page.errors[0]


def test_a_pasted_list_of_any_kind_is_read_quickly():
    for hostile in ('"' * 50_000, "<" * 50_000, ", " * 50_000, "a@" * 50_000):
        invitees(hostile)


def test_members_keep_their_own_hours(ada, graces):
    graces.get(f"/teams/{ada.team}/edit")
    graces.press(
        "Save the hours", zone="Asia/Tokyo", reminder_hour="16:45", digest_hour="07:00", working_days=["5", "6"]
    )
    assert graces.path == f"/teams/{ada.team}/edit"
    seat = member(ada.other_seat)
    assert (seat.zone, seat.reminder_hour, seat.digest_hour) == ("Asia/Tokyo", time(16, 45), time(7))
    assert seat.working_days == [5, 6]
    assert seat.next_reminder_at.weekday() in (5, 6)


def test_an_unknown_zone_is_said_beside_its_field_and_nothing_is_saved(ada, graces):
    page = graces.get(f"/teams/{ada.team}/edit").press("Save the hours", zone="Tokyo", reminder_hour="16:45")
    assert page.status == 422
    assert page.errors == ["there is no time zone called 'Tokyo'; try a city, such as Europe/Berlin"]
    assert page.page.get_element_by_id("zone").get("aria-invalid") == "true"
    assert member(ada.other_seat).reminder_hour == time(18)


def test_a_pause_stops_the_mail_until_it_ends(ada, graces):
    graces.get(f"/teams/{ada.team}/edit").press("Pause")
    assert member(ada.other_seat).next_reminder_at is None
    graces.press("Resume")
    assert member(ada.other_seat).next_reminder_at is not None


def test_who_is_removed_gets_no_mail_sees_nothing_and_what_they_wrote_stays(ada, adas, graces):
    adas.get(f"/team-members/{ada.other_seat}/edit").press("Remove").press("Yes, do it")
    assert "no longer in" in adas.text
    assert "grace@example.com" not in adas.text
    seat = member(ada.other_seat)
    assert (seat.next_reminder_at, seat.next_digest_at) == (None, None)
    assert graces.get(f"/teams/{ada.team}").status == 404
    assert ada.secret in adas.get(f"/teams/{ada.team}?day=2026-03-02").text


def test_who_was_removed_can_be_invited_again(ada, adas):
    adas.get(f"/team-members/{ada.other_seat}/edit").press("Remove").press("Yes, do it")
    adas.get(f"/teams/{ada.team}/invitations/new").press("Invite", people="grace@example.com")
    assert member(ada.other_seat).next_reminder_at is not None
    assert member(ada.other_seat).left_at is None


def test_invited_people_become_members_of_the_workspace_and_no_more(ada, adas):
    adas.get(f"/teams/{ada.team}/invitations/new").press("Invite", people="mary@example.com")
    with transaction() as tx:
        mary = User.at(tx, "mary@example.com")
        assert tx.scalars(select(Membership.role).filter_by(user_id=mary.id)).one() == "member"


def test_a_teams_page_goes_from_day_to_day(ada, adas, clock):
    clock.at("2026-03-03 12:00")
    adas.get(f"/teams/{ada.team}?day=2026-03-02")
    assert ada.secret in adas.text
    links = {a.get("rel"): a.get("href") for a in adas.page.find_class("days-nav")[0].iter("a")}
    assert links["prev"].endswith("day=2026-03-01")
    assert links["next"].endswith("day=2026-03-03")
    assert "Tuesday, 3 March 2026 today" in adas.get(links["next"]).text


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "9999-12-31", "0001-01-01", "2026-03-02\0"])
def test_a_day_that_does_not_exist_is_shown_as_one_that_does(ada, adas, day):
    assert adas.get(f"/teams/{ada.team}?day={day}").status == 200


def test_entries_of_others_stay_out_of_a_teams_day(ada, charles, adas):
    page = adas.get(f"/teams/{ada.team}?day=2026-03-02")
    assert charles.secret not in page.text
    with transaction() as tx:
        assert len(tx.scalars(select(Entry)).all()) == 4
