"""What a person does about a mail: lets it in, says whose it is, reads and passes on a letter."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from jobs.inbound_emails import understand
from models import reply_token
from models.comment import Comment
from models.db import transaction
from models.entry import Entry
from models.forwarding import Forwarding
from models.team_member import TeamMember
from tests.web.inbound.arrivals import email, said


def test_what_is_held_is_let_in_by_a_person(adas, took):
    number = took(sender="grace@elsewhere.example")
    assert (email(number).state, said()) == ("held", [])
    assert "Let it in" in adas.get(f"/inbound-emails/{number}").text
    adas.press("Let it in")
    understand(number)
    assert said() == [("done", "found a moth"), ("blocker", "no relays left")]


def test_a_mail_is_taken_for_somebody_elses_answer(ada, adas, took):
    number = took()
    adas.get(f"/inbound-emails/{number}").press("Re-route", member=str(ada.seat), day="2026-03-04")
    understand(number)
    with transaction() as tx:
        found = tx.scalars(select(Entry).filter_by(inbound_email_id=number)).all()
    assert {(entry.user_id, entry.local_date) for entry in found} == {(ada.owner.id, date(2026, 3, 4))}
    assert len(found) == 2


def test_a_letter_is_read_by_who_writes_the_newsletter_and_passed_on(ada, adas, took):
    number = took("Why <loops>?", "reader@example.net", token=reply_token.sealed("edition", ada.edition))
    assert "Why <loops>?" in adas.get("/letters").text
    assert "Why <loops>?" in adas.get(f"/letters?edition={ada.edition}&words=READER%40example.net").text
    assert "No reply like that." in adas.get("/letters?words=nobody").text
    assert "Why <loops>?" not in adas.get(f"/letters?edition={ada.past}").text
    page = adas.get(f"/letters/{number}")
    assert "not a subscriber" in page.text
    page.press("Forward", recipient="charles@example.org", note="Is she right?")
    assert "on its way to charles@example.org" in adas.text
    with transaction() as tx:
        assert tx.scalars(select(Forwarding.recipient)).all() == ["charles@example.org"]
    assert page.get(f"/letters/{number}").press("Forward", recipient="nobody").status == 422


def test_the_teams_day_shows_who_is_away_what_came_late_and_what_was_answered(ada, adas, took):
    from models.digest import Digest

    today = datetime.now(UTC).date()
    with transaction() as tx:
        member = tx.get_one(TeamMember, ada.seat)
        member.be_away(today + timedelta(days=3), "they said so by mail")
        digest = Digest.of(tx, ada.id, ada.team, today)
        tx.add(Comment(workspace_id=ada.id, team_id=ada.team, local_date=today, author_id=ada.owner.id,
                       to_user_id=ada.member.id, kind="thanks", body="Nice moth!"))  # fmt: skip
        assert digest.id
    took()
    page = adas.get(f"/teams/{ada.team}")
    for told in ("found a moth late", "Nice moth!", "they said so by mail"):
        assert told in page.text
    assert "away until" in adas.get(f"/teams/{ada.team}/edit").text
    adas.press("Be back")
    with transaction() as tx:
        assert tx.get_one(TeamMember, ada.seat).away_until is None
