"""Arriving: from nothing to a mail of one's own that is answered, by the hand."""

import pytest
from sqlalchemy import select, text

from models import clock
from models.db import transaction
from models.delivery import Delivery
from models.inbound_email import InboundEmail
from models.prompt import Prompt
from models.team import Team
from tests.web.test_home import lines

ANSWERS = {"workspace": "Analytical Engines", "name": "Ada", "email": "ada@example.com"}
PASTED = "Ada Lovelace <ada@example.com>\nGrace Hopper <grace@example.com>, nobody\n"


@pytest.fixture
def owner(browser):
    return browser().get("/setup").press("Set up", **ANSWERS)


def deliver(number, state):
    with transaction() as tx:
        row = tx.get_one(Delivery, number)
        row.state, row.sent_at, row.settled_at = state, clock.now(), clock.now()


def answered(number):
    """As the mails that come in are: read, and recorded as entries."""
    with transaction() as tx:
        prompt = tx.get_one(Prompt, tx.get_one(Delivery, number).source_id)
        mail = InboundEmail.receive(tx, provider_id="1", payload=b"{}", sender="ada@example.com", subject="Re:")
        email = tx.get_one(InboundEmail, mail)
        email.workspace_id, email.prompt_id, email.kind, email.state = (
            prompt.workspace_id,
            prompt.id,
            "answer",
            "processed",
        )
        prompt.answer(tx, [("done", "Wrote note G")], email)


def test_a_new_team_is_led_to_its_first_answered_reminder(owner):
    owner.get("/").get(owner.page.xpath("//a[text()='Make a team or a newsletter']/@href")[0])
    owner.get("/teams/new").press("Create the team", name="Engine", question="What turned?")
    owner.press("Preview", people=PASTED, look="1")
    assert owner.status == 422 and "2 understood" in owner.text
    assert owner.errors[0].startswith("Line 2: 'nobody' is not an e-mail address")
    with transaction() as tx:
        assert not tx.scalars(select(Team)).one().members
    owner.press("Invite", people=PASTED.replace(", nobody", ""))
    assert owner.path == "/first-mail"
    owner.press("Send me the reminder")
    number = int(owner.path.rpartition("/")[2])
    assert lines(owner, "arrival")[1] == "Handed to Postmark waiting"
    assert "No worker is running" in owner.text
    deliver(number, "delivered")
    assert "Now answer it" in owner.get(owner.path).text
    assert owner.page.xpath("//*[@data-fresh]")
    answered(number)
    assert "Wrote note G" in owner.get(owner.path).text
    assert not owner.page.xpath("//*[@data-fresh]")


def test_whoever_leaves_themselves_out_is_led_into_the_team_and_invitations_are_no_first_mail(owner):
    owner.get("/teams/new").press("Create the team", name="Engine")
    owner.press("Invite", people="grace@example.com")
    with transaction() as tx:
        number = tx.scalars(select(Delivery.id).filter_by(kind="invitation")).one()
    deliver(number, "delivered")
    assert "You are not in the team" in owner.get("/first-mail").text
    assert "Next: Send yourself one" in owner.get("/").text
    owner.get(owner.get("/first-mail").page.xpath("//a[text()='Join it']/@href")[0]).press("Invite")
    assert owner.path == "/first-mail" and "Send me the reminder" in owner.text


def test_asking_for_the_reminder_again_leads_to_the_same_mail(owner):
    owner.get("/teams/new").press("Create the team", name="Engine")
    owner.press("Invite")
    first = owner.press("Send me the reminder").path
    assert owner.get("/first-mail").press("Send me the reminder").path == first


def test_a_newsletter_sends_its_first_edition_as_a_test(owner):
    owner.get("/publications/new").press("Create the newsletter", name="Notes")
    owner.get("/first-mail").press("Send me a test")
    assert owner.path.startswith("/arrivals/")
    owner.get("/first-mail").press("Send me a test")
    with transaction() as tx:
        assert tx.execute(text("select count(*), min(subject) from editions")).one() == (
            1,
            "The first edition of Notes",
        )
        assert len(tx.scalars(select(Delivery).filter_by(kind="trial", recipient="ada@example.com")).all()) == 2


def test_the_first_steps_know_what_is_done_and_go_when_put_away(owner):
    assert "Next: Make a team or a newsletter" in owner.get("/").text
    owner.get("/teams/new").press("Create the team", name="Engine")
    assert "Next: Add people" in owner.get("/").text
    owner.press("Dismiss")
    assert "Next:" not in owner.text
    owner.get("/start").press("Show them at Home again")
    assert "Next: Add people" in owner.text


def test_the_first_steps_are_gone_when_all_is_done(owner):
    owner.get("/teams/new").press("Create the team", name="Engine")
    owner.press("Invite", people=PASTED.replace(", nobody", ""))
    owner.press("Send me the reminder")
    number = int(owner.path.rpartition("/")[2])
    deliver(number, "delivered")
    assert "Next: Answer it by mail" in owner.get("/").text
    answered(number)
    assert "Next:" not in owner.get("/").text


def test_a_mail_of_somebody_else_is_no_page(ada, graces):
    with transaction() as tx:
        tx.get_one(Delivery, ada.delivery).recipient = "ada@example.com"
    assert graces.get(f"/arrivals/{ada.delivery}").status == 404
