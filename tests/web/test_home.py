"""The first page: what needs whom, what is on its way, what came in."""

from sqlalchemy import event, select, text

from models import clock
from models.db import engine, transaction
from models.edition import Edition
from models.inbound_email import InboundEmail
from models.membership import Membership
from models.team_member import TeamMember
from tests import people

QUERIES = 12


def queries_of(browser, path):
    """How many statements a page makes, and the page."""
    counted = []

    def count(connection, cursor, statement, *_):
        counted.append(statement)

    event.listen(engine(), "before_cursor_execute", count)
    try:
        return browser.get(path), counted
    finally:
        event.remove(engine(), "before_cursor_execute", count)


def changed(noun, number, **columns):
    with transaction() as tx:
        row = tx.get_one(noun, number)
        for name, value in columns.items():
            setattr(row, name, value)


def lines(page, of):
    return [" ".join(item.text_content().split()) for item in page.page.xpath(f"//*[@id='{of}']//li")]


def test_members_find_their_question_and_what_their_team_said(ada, graces):
    with transaction() as tx:
        tx.execute(text("update prompts set local_date = :today"), {"today": clock.now().date()})
        tx.execute(text("update entries set local_date = :today"), {"today": clock.now().date()})
    graces.get("/")
    assert ada.secret in graces.text
    assert not graces.page.xpath("//*[@id='needs'] | //*[@id='underway'] | //*[@id='health']")
    graces.press("Add", body="Wove")
    assert graces.path == "/"
    assert "Wove" in graces.text and "you have answered" in graces.text


def test_whoever_looks_after_it_is_told_what_waits_for_a_person(ada, adas):
    changed(InboundEmail, ada.mail, state="held", reason="not known as hers")
    changed(Edition, ada.past, state="paused")
    with transaction() as tx:
        tx.execute(text("update deliveries set state = 'unknown'"))
        tx.execute(text("insert into streams (name, held_because, failures, paused_at, paused_because, tokens, "
                        "created_at) values ('outbound', '', 0, now(), 'bad token', 0, now())"))  # fmt: skip
    found = " / ".join(lines(adas.get("/"), "needs"))
    for word in ("stream outbound", "bad token", "A mail waiting", "whether it went out", "Hello", f"{ada.secret}.csv"):
        assert word in found
    assert "A stream is shut." in adas.text


def test_nobody_is_told_what_is_not_theirs_to_do(ada, adas, signed_in):
    with transaction() as tx:
        tx.scalars(select(Membership).filter_by(workspace_id=ada.id, user_id=ada.member.id)).one().role = "editor"
    editor = signed_in(ada.member).get("/")
    assert lines(editor, "needs") == []
    assert "inbound-emails" not in editor.answer.text


def test_what_is_on_its_way_has_a_bar_and_what_is_scheduled_its_moment(ada, adas):
    changed(Edition, ada.past, state="sending", audience=4)
    changed(Edition, ada.edition, state="scheduled", due_at=clock.now())
    with transaction() as tx:
        counted = (
            "insert into edition_tallies (edition_id, what, word, link_id, count) values (:e, 'copy', :word, 0, :n)"
        )
        tx.execute(
            text(counted), [{"e": ada.past, "word": "delivered", "n": 3}, {"e": ada.past, "word": "queued", "n": 1}]
        )
    moving, scheduled = lines(adas.get("/"), "underway")
    assert "sending" in moving and "3 of 4" in moving
    assert "scheduled" in scheduled
    assert adas.page.xpath("//*[@id='underway'][@data-fresh]//progress/@value") == ["3"]


def test_what_came_in_is_of_the_last_day(ada, adas):
    changed(InboundEmail, ada.mail, state="processed")
    found = " / ".join(lines(adas.get("/"), "latest"))
    assert "wrote a letter" in found and "subscribed to Letters of Ada" in found
    with transaction() as tx:
        tx.execute(text("update inbound_emails set received_at = now() - interval '2 days'"))
        tx.execute(text("update subscriptions set created_at = now() - interval '2 days'"))
    assert "No replies, no letters" in adas.get("/").text


def test_what_is_not_well_is_said_plainly(ada, adas, without_redis):
    assert "No worker is running" in adas.get("/").text


def test_it_stays_at_twelve_queries_however_much_there_is(ada, adas, graces):
    with transaction() as tx:
        workspace = tx.get_one(TeamMember, ada.seat).team.workspace
        for n in range(4):
            team = people.team(tx, workspace, name=f"Team {n}")
            people.seat(tx, team, "Ada"), people.seat(tx, team, "Grace")
    for browser in (adas, graces):
        page, made = queries_of(browser, "/")
        assert page.status == 200 and len(made) <= QUERIES, made


def test_today_has_an_address_of_its_own_and_is_where_it_is_answered_from(ada, graces):
    graces.get("/today")
    assert graces.path == "/today"
    graces.press("Add", body="Wove")
    assert graces.path == "/today"


def test_what_was_said_is_put_right_from_home_and_leads_back_there(ada, graces):
    graces.get("/").press("Add", body="[] Weave")
    graces.press("Tick")
    assert graces.path == "/" and "done" in graces.text
