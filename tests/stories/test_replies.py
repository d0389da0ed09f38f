"""What people answer, and what becomes of it: mail after mail through the webhook, the queue and the database."""

import base64
import json

import pytest
from sqlalchemy import select

from models.db import transaction
from models.inbound_email import InboundEmail
from models.team_member import TeamMember
from tests.stories.replies import PASSED, link, one, outcome, press, said, seat

FAILED = {"Name": "X-Spam-Tests", "Value": "DKIM_VALID,DMARC_REJECT,SPF_PASS"}
STRANGER = {"Name": "Received", "Value": "from mail.example.com (mail.example.com [192.0.2.7]) by p-pm (Postfix)"}
FORGED = {"Name": "Authentication-Results", "Value": "mx.postmark.example; spf=pass; dmarc=fail (p=none)"}
VACATION = [{"Name": "Auto-Submitted", "Value": "auto-replied"}, PASSED]


def test_an_address_that_is_confirmed_counts_from_then_on_and_for_what_was_held(postroom, asked, write):
    assert outcome(write(asked, "Wrote note G", "ada@elsewhere.example")) == ("held", "sent from another address")
    write(asked, "Wrote note H", "ada@elsewhere.example")
    (question,) = postroom.sent(tag="confirmation")
    assert (question["To"], question["Subject"]) == ("ada@example.com", "Is ada@elsewhere.example you?")
    assert postroom.web.get(f"/{link(question)}").status_code == 200
    assert said() == []
    assert "is yours" in press(postroom, link(question))
    assert said() == [("done", "Wrote note G"), ("done", "Wrote note H")]
    assert outcome(write(asked, "Wrote note I", "ada@elsewhere.example")) == ("processed", "answer")
    assert len(postroom.sent(tag="confirmation")) == 1


def test_nobody_is_asked_about_more_than_a_few_addresses_a_day(postroom, asked, write):
    for number in range(8):
        assert write(asked, "hello", f"ada{number}@elsewhere.example").state == "held"
    assert len(postroom.sent(tag="confirmation")) == 5


def test_what_fails_dmarc_waits_at_the_console_and_nobody_is_told(postroom, asked, write):
    mail = write(asked, "I am Ada", headers=[FAILED])
    assert outcome(mail) == ("held", "DMARC failed")
    below = write(asked, "I am Ada too", headers=[PASSED, STRANGER, FORGED, FAILED])  # as anybody may forge it
    assert outcome(below) == ("processed", "answer")
    assert said() == [("done", "I am Ada too")]
    assert postroom.sent(tag="rejection") == postroom.sent(tag="confirmation") == []


def test_the_same_text_again_changes_nothing_and_a_second_answer_adds(asked, write):
    write(asked, "- one\n- two")
    write(asked, "- one\n- two")
    assert said() == [("done", "one"), ("done", "two")]
    write(asked, "- two\n! three")
    assert said() == [("done", "one"), ("done", "two"), ("blocker", "three")]


@pytest.mark.parametrize(
    ("body", "reason", "told"),
    [
        ({"TextBody": ""}, "nothing in it", "there was nothing in it"),
        ({"TextBody": "> What did you get done today?\n> one\n"}, "no words of its own", "no words of yours"),
        (
            {"TextBody": "", "Attachments": [{"Name": "a.txt", "Content": "YQ==", "ContentType": "text/plain"}]},
            "only files, no words",
            "only what was attached",
        ),
    ],
)
def test_what_says_nothing_is_answered_once_a_day_for_each_reason(postroom, asked, write, body, reason, told):
    for _ in range(3):
        mail = write(asked, "", **body)
        assert (mail.state, mail.reason) == ("bounced", reason)
    (note,) = postroom.sent(tag="rejection")
    assert told in note["TextBody"]


def test_an_attached_text_is_kept_and_is_not_what_was_said(asked, write):
    content = base64.b64encode(b"not said").decode()
    mail = write(asked, "said", Attachments=[{"Name": "notes.txt", "Content": content, "ContentType": "text/plain"}])
    assert said(inbound_email_id=mail.id) == [("done", "said")]
    with transaction() as tx:
        payload = tx.scalar(select(InboundEmail.payload).filter_by(id=mail.id))
    assert b"notes.txt" in payload and content.encode() not in payload


def test_words_come_from_the_raw_mail_where_postmark_sends_it(asked, write):
    raw = "Subject: x\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nWrote a very \r\nlong line\r\n"
    write(asked, "Wrote a very \nlong line", RawEmail=raw)
    assert said() == [("done", "Wrote a very long line")]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ([{"Name": "Auto-Submitted", "Value": "auto-replied"}], "auto-reply"),
        ([{"Name": "Return-Path", "Value": "<>"}], "bounce"),
        ([{"Name": "Content-Type", "Value": "multipart/report; report-type=delivery-status"}], "bounce"),
        ([{"Name": "List-Id", "Value": "<all.example.com>"}], "list"),
        ([{"Name": "X-Loop", "Value": "x@example.com"}], "loop"),
        ([{"Name": "Auto-Submitted", "Value": "auto-generated"}], "machine"),
    ],
)
def test_what_a_machine_wrote_is_recorded_with_its_class_and_never_answered(postroom, asked, write, headers, kind):
    before = len(postroom.sent())
    mail = write(asked, "I am out of the office until Friday", headers=headers)
    assert (mail.state, mail.kind) == ("ignored", kind)
    assert mail.reason
    assert len(postroom.sent()) == before
    assert said() == []


def test_a_vacation_note_that_is_vouched_for_and_names_a_day_stops_the_questions_until_then(
    postroom, team, asked, write, clock
):
    mail = write(asked, "I am out of the office until Thursday, March 5th.", headers=VACATION)
    assert outcome(mail) == ("processed", "away")
    assert seat("Ada").away_until.isoformat() == "2026-03-05"
    for day in ("03", "04", "05"):
        clock.at(f"2026-03-{day} 18:00")
        postroom.tick()
    asked_on = [m["Subject"] for m in postroom.sent(tag="reminder", to="ada@example.com")]
    assert len(asked_on) == 2  # on Monday and on Thursday
    assert len(postroom.sent(tag="reminder", to="grace@example.com")) == 4


@pytest.mark.parametrize("headers", [VACATION[:1], [VACATION[0], FAILED], [VACATION[0], STRANGER, PASSED]])
def test_a_vacation_note_that_nobody_vouches_for_changes_nothing(asked, write, headers):
    mail = write(asked, "I am out of the office until Thursday, March 5th.", headers=headers)
    assert outcome(mail) == ("ignored", "auto-reply")
    assert seat("Ada").away_until is None


@pytest.mark.parametrize(
    ("order", "until"),
    [
        ("pause 3 days", "2026-03-06"),
        ("Pause 3 Tage", "2026-03-06"),
        ("out until Wednesday", "2026-03-04"),
        ("Absent jusqu'au 9 mars.", "2026-03-09"),
        ("水曜日まで不在", "2026-03-04"),
    ],
)
def test_a_command_is_obeyed_and_answered_and_is_no_entry(postroom, asked, write, order, until):
    mail = write(asked, f"{order}\n\n-- \nAda")
    assert outcome(mail) == ("processed", "command")
    assert seat("Ada").away_until.isoformat() == until
    (note,) = postroom.sent(tag="command")
    assert "Away until" in note["Subject"]
    assert said() == []
    write(asked, "resume")
    assert seat("Ada").away_until is None


def test_stop_stops_nothing_until_its_button_is_pressed(postroom, asked, write):
    write(asked, "STOP")
    (note,) = postroom.sent(tag="command")
    assert postroom.web.get(f"/{link(note)}").status_code == 200
    assert seat("Ada").paused_at is None
    assert "not asked any more" in press(postroom, link(note))
    assert seat("Ada").paused_at


def test_a_receipt_says_what_was_recorded_and_replying_to_it_corrects_that(postroom, asked, write):
    number = seat("Ada").id
    with transaction() as tx:
        tx.get(TeamMember, number).receipts = "always"
    write(asked, "- one\n- two\n! no staging")
    (receipt,) = postroom.sent(tag="receipt")
    assert "I recorded 3 items, 1 blocker: reply to correct." in receipt["TextBody"]
    mail = write(receipt, "- one\n- two and a half")
    assert outcome(mail) == ("processed", "correction")
    assert said() == [("done", "one"), ("done", "two and a half")]
    again = postroom.sent(tag="receipt")[-1]
    assert "I recorded 2 items:" in again["TextBody"]
    write(receipt, "three")
    assert said() == [("done", "three")]


def test_one_mail_that_cannot_be_taken_keeps_none_of_the_others_waiting(postroom, asked, write):
    """Stored by hand, since the webhook would have refused it."""
    with transaction() as tx:
        given = {"sender": "ada@example.com", "subject": "Re:"}
        broken = InboundEmail.receive(tx, provider_id="broken", payload=b"no JSON", **given)
        good = json.dumps({"MessageID": "good", "From": "ada@example.com", "TextBody": "good", "To": asked["ReplyTo"],
                           "ToFull": [{"Email": asked["ReplyTo"]}]}).encode()  # fmt: skip
        InboundEmail.receive(tx, provider_id="good", payload=good, **given)
    from jobs.inbound_emails import understand

    outcomes = understand.together([broken, broken + 1])
    assert isinstance(outcomes[0], ValueError) and outcomes[1] is None
    assert one(InboundEmail, provider_id="good").state == "processed"
    assert one(InboundEmail, provider_id="broken").state == "received"
