"""The browsers that are signed in as somebody, and their profile."""

from sqlalchemy import select
from sqlalchemy.exc import InternalError

from models.audit_event import AuditEvent
from models.db import transaction
from models.sign_in import SignIn
from models.team import Team
from models.user import User
from tests import people
from tests.web import houses
from web.agents import described

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def came_with(browser, agent, user):
    page = browser()
    page.client.environ_base["HTTP_USER_AGENT"] = agent
    return page.get(f"/sign-in/{houses.link(user)}").press("Sign in")


def test_every_browser_is_shown_and_one_or_all_others_are_ended_at_once(ada, browser):
    here, phone, work = (came_with(browser, agent, ada.owner) for agent in (FIREFOX, EDGE, ""))
    page = here.get("/settings/sessions")
    assert "Firefox on Linux at 127.0.0.1 this one" in page.text
    assert "Edge on Windows" in page.text and "A browser at" in page.text
    page.press("End")
    assert [each.get("/").path for each in (here, phone, work)] == ["/", "/", "/sign-in"]
    here.get("/settings/sessions").press("End all others")
    assert [each.get("/").path for each in (here, phone)] == ["/", "/sign-in"]


def test_ending_the_others_also_ends_links_that_are_still_on_their_way(ada, adas, browser):
    link = houses.link(ada.owner)
    houses.link(ada.member)
    came_with(browser, EDGE, ada.owner)
    adas.get("/settings/sessions").press("End all others")
    assert browser().get(f"/sign-in/{link}").status == 410
    with transaction() as tx:
        assert tx.scalars(select(SignIn).filter_by(user_id=ada.member.id, ended_at=None)).all()


def test_nobody_ends_somebody_elses(ada, adas, graces):
    with transaction() as tx:
        hers = tx.scalars(select(SignIn.id).filter_by(user_id=ada.owner.id)).one()
    token = graces.page.forms[0].fields["csrf_token"]
    assert graces.client.post(f"/settings/sessions/{hers}/end", data={"csrf_token": token}).status_code == 404
    assert adas.get("/").path == "/"


def test_when_it_was_last_seen_is_written_every_few_minutes_and_no_more(ada, adas, clock):
    def seen():
        with transaction() as tx:
            return tx.scalars(select(SignIn.seen_at).filter_by(user_id=ada.owner.id)).one()

    first = seen()
    adas.get("/")
    assert seen() == first
    clock.forward(minutes=6)
    adas.get("/")
    assert seen() > first


def test_signing_in_and_out_is_written_down_and_cannot_be_changed(ada, adas):
    adas.press("Sign out")
    with transaction() as tx:
        events = tx.scalars(AuditEvent.of(ada.id).order_by(AuditEvent.id)).all()
    assert [(e.user_id, e.act, e.noun, e.words) for e in events] == [
        (ada.owner.id, "began", "session", "by a mailed link"),
        (ada.owner.id, "ended", "session", "signed out"),
    ]
    assert events[0].address == "127.0.0.1"
    for verb in ("update audit_events set act = 'x'", "delete from audit_events"):
        assert "written down" in refused(verb)


def refused(statement):
    try:
        with transaction() as tx:
            tx.connection().exec_driver_sql(statement)
    except InternalError as problem:
        return str(problem)
    return ""


def test_moments_are_told_in_the_zone_that_a_browser_brought_until_another_is_chosen(ada, browser):
    page = browser().get(f"/sign-in/{houses.link(ada.owner)}").press("Sign in", zone="Asia/Tokyo")
    seen = page.get("/settings/sessions").page.find(".//main//time")
    assert seen.get("title").endswith(" Asia/Tokyo") and "Tokyo" not in seen.text
    browser().get(f"/sign-in/{houses.link(ada.owner)}").press("Sign in", zone="Europe/Paris")
    browser().get(f"/sign-in/{houses.link(ada.member)}").press("Sign in", zone="Mars")
    with transaction() as tx:
        assert [tx.get_one(User, each.id).zone for each in (ada.owner, ada.member)] == ["Asia/Tokyo", ""]


def test_a_profile_gives_seats_to_come_their_zone(ada, adas):
    page = adas.get("/settings/profile").press("Save", name="Ada King", zone="Europe/Nowhere")
    assert page.status == 422 and "Europe/Berlin" in page.errors[0]
    assert "Saved." in page.press("Save", name="Ada King", zone="Europe/Paris").text
    with transaction() as tx:
        user, team = tx.get_one(User, ada.owner.id), tx.get_one(Team, ada.team)
        seat = people.team(tx, team.workspace, "New").invite(tx, user, zone="UTC")
        assert (user.name, seat.zone) == ("Ada King", "Europe/Paris")


def test_browsers_are_called_by_their_names():
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"
    assert [described(each) for each in (FIREFOX, EDGE, safari, "")] == [
        "Firefox on Linux", "Edge on Windows", "Safari on an iPhone", "A browser",
    ]  # fmt: skip
