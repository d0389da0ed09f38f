"""What is said about a team's day on its page, and who is told of it how soon."""

from datetime import date

from sqlalchemy import select

from emails.mails import compose, load
from jobs.notices import send_notices
from models import sending
from models.comment import Comment
from models.db import transaction
from models.delivery import Delivery
from models.membership import Membership
from models.notice import Notice
from models.prompt import Prompt
from tests import people
from tests.web import sayings

MONDAY = date(2026, 3, 2)


def seated(clock):
    """Ada, Grace and Kenji; Grace has written two things."""
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        team = people.team(tx, people.workspace(tx))
        seats = [people.seat(tx, team, name, zone="UTC") for name in ("Ada", "Grace", "Kenji")]
        Prompt.on(tx, seats[1], MONDAY).answer(tx, [("done", "Found a moth"), ("blocker", "No relays")])
    return seats


def comments():
    with transaction() as tx:
        found = tx.scalars(select(Comment).filter_by(deleted_at=None).order_by(Comment.id)).all()
        return [(e.author.name, e.to.name if e.to else None, e.entry_id, e.kind, e.body) for e in found]


def mailed():
    """`[(to, subject, text)]` of the notices that have been addressed, all of which are written once."""
    with transaction() as tx:
        rows = tx.scalars(select(Delivery).filter_by(kind="notice", state="queued").order_by(Delivery.id)).all()
        claimed = sending.claim(tx, [row.id for row in rows])
        about = load(tx, claimed)
    letters = [compose(each, about[each.id]) for each in claimed]
    return [(each.to, each.subject, str(each.text)) for each in letters]


def wants(tx, seat, pace):
    tx.scalars(select(Membership).filter_by(user_id=seat.user_id)).one().notices = pace


def test_a_comment_on_the_page_is_one_as_by_mail_and_its_reader_is_told_at_once(clock, signed_in):
    ada, grace, _ = seated(clock)
    page = signed_in(ada.user).get(f"/teams/{ada.team_id}")
    page.press("Comment", body="I have two.", entry="2")
    page.press("Thanks")
    page.press("Thanks")
    assert "You have said that already." in page.text
    assert comments() == [
        ("Ada", "Grace", 2, "comment", "I have two."),
        ("Ada", "Grace", None, "thanks", "Thanks!"),
    ]
    assert "on “No relays”" in page.text
    first, second = mailed()
    assert first[:2] == ("grace@example.com", "Ada answered: No relays")
    assert "I have two." in first[2]
    assert second[1] == "Ada answered: your day"
    own = signed_in(grace.user).get(f"/teams/{ada.team_id}")
    assert "Thanks to Grace" not in own.answer.text


def test_what_is_said_to_all_is_mailed_to_whom_it_names_and_nothing_said_is_told(clock, signed_in):
    ada, _, kenji = seated(clock)
    page = signed_in(ada.user).get(f"/teams/{ada.team_id}")
    page.press("Say it", body="Shall we ask @Kenji for relays? not grace@example.com")
    page.press("Say it", body=" ")
    assert "Please write something." in page.text
    page.get(f"/teams/{ada.team_id}")
    assert comments() == [("Ada", None, None, "comment", "Shall we ask @Kenji for relays? not grace@example.com")]
    assert [(to, subject) for to, subject, _ in mailed()] == [
        ("kenji@example.com", "Ada named you: Shall we ask @Kenji for relays? not grace@example.com")
    ]
    theirs = signed_in(kenji.user).get(f"/teams/{ada.team_id}")
    assert "Delete" not in [button.text_content() for button in theirs.page.iter("button")]
    page.press("Delete").press("Yes, do it")
    assert comments() == []


def test_notices_are_gathered_as_each_person_wants_and_each_is_in_one_mail(clock, signed_in):
    ada, grace, kenji = seated(clock)
    settings = signed_in(grace.user).get("/settings/notices").press("Save", notices="hourly")
    assert (settings.path, "Saved." in settings.text) == ("/settings/notices", True)
    settings.press("Save", notices="soon")
    assert settings.status == 422
    signed_in(ada.user).get(f"/teams/{ada.team_id}").press("Thanks")
    clock.forward(minutes=40)
    signed_in(kenji.user).get(f"/teams/{ada.team_id}").press("Comment", body="Poor moth")
    send_notices()
    assert mailed() == []
    clock.forward(minutes=30)
    send_notices()
    send_notices()
    ((to, subject, text),) = mailed()
    assert (to, subject) == ("grace@example.com", "Ada and Kenji answered (2)")
    assert (text.count("Thanks!"), text.count("Poor moth"), text.count("To answer Kenji")) == (1, 1, 1)


def test_whoever_reads_it_in_the_digest_or_not_at_all_gets_no_mail_and_what_is_deleted_is_not_told(clock, signed_in):
    ada, grace, kenji = seated(clock)
    with transaction() as tx:
        wants(tx, grace, "digest")
        wants(tx, kenji, "never")
        wants(tx, ada, "hourly")
    page = signed_in(ada.user).get(f"/teams/{ada.team_id}")
    page.press("Thanks")
    page.press("Say it", body="@Kenji, look")
    signed_in(kenji.user).get(f"/teams/{ada.team_id}").press("Say it", body="@Ada, what?").press("Delete").press(
        "Yes, do it"
    )
    with transaction() as tx:
        assert [(notice.user_id, notice.due_at) for notice in tx.scalars(select(Notice))] == [(grace.user_id, None)]
    clock.forward(hours=2)
    send_notices()
    assert mailed() == []


def test_whom_an_entry_names_is_told_once_however_often_it_is_edited(clock, signed_in):
    ada, _, kenji = seated(clock)
    with transaction() as tx:
        wants(tx, kenji, "hourly")
    signed_in(ada.user).get("/today").press("Add", body="[ ] Ask @Grace about relays\nmail kenji@example.com")
    assert [(to, subject) for to, subject, _ in mailed()] == [
        ("grace@example.com", "Ada named you: Ask @Grace about relays")
    ]
    page = signed_in(ada.user).get("/entries/3/edit").press("Save", body="Ask @Grace and @Kenji about relays")
    page.get("/entries/3/edit").press("Save", body="Ask @Grace about relays again")
    clock.forward(hours=2)
    send_notices()
    assert mailed() == []
    page.get("/entries/3/edit").press("Save", body="Ask @Grace and @Kenji")
    page.get("/entries/3/edit").press("Delete")
    page.press("Put back")
    clock.forward(hours=2)
    send_notices()
    ((to, subject, text),) = mailed()
    assert (to, subject) == ("kenji@example.com", "Ada named you: Ask @Grace and @Kenji")
    assert "Ada in Engine, Monday, 2 March:\n\nAsk @Grace and @Kenji" in text
    theirs = signed_in(kenji.user).get("/today").press("Add", body="Asked")
    assert [each.text for each in theirs.page.find_class("people")[0].iter("h3")] == ["Kenji", "Ada", "Grace"]


def test_nobody_speaks_to_people_or_about_entries_of_elsewhere(ada, charles, adas):
    hers, his = sayings.numbers(ada.team)["entry_id"], sayings.numbers(charles.team)["entry_id"]
    token = adas.get(f"/teams/{ada.team}").page.find(".//input[@name='csrf_token']").get("value")

    def post(**fields):
        form = {"csrf_token": token, "day": "2026-03-02", "body": "x", **fields}
        return adas.client.post(f"/teams/{ada.team}/comments", data=form).status_code

    assert post(to=charles.owner.id) == post(entry=his) == post(day="never") == post(to="x") == 404
    assert post(entry=hers, day="2026-03-03") == 404
    assert post(entry=hers) == 302
