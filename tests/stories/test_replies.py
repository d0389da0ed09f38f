"""What people answer, and what becomes of it: mail after mail through the webhook, the queue and the database."""

import base64
import json
import re
import uuid
from datetime import time

import pytest
from sqlalchemy import select

from models.comment import Comment
from models.db import transaction
from models.edition import Edition
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.membership import Membership
from models.publication import Publication
from models.subscription import Subscription
from models.team_member import TeamMember
from tests import people

SECRET = ("postmark", "the-one-before-it")
PASSED = {"Name": "X-Spam-Tests", "Value": "DKIM_SIGNED,DKIM_VALID,\tDKIM_VALID_AU,SPF_PASS"}
FAILED = {"Name": "X-Spam-Tests", "Value": "DKIM_VALID,DMARC_REJECT,SPF_PASS"}
STRANGER = {"Name": "Received", "Value": "from mail.example.com (mail.example.com [192.0.2.7]) by p-pm (Postfix)"}
FORGED = {"Name": "Authentication-Results", "Value": "mx.postmark.example; spf=pass; dmarc=fail (p=none)"}
VACATION = [{"Name": "Auto-Submitted", "Value": "auto-replied"}, PASSED]


@pytest.fixture
def team(clock):
    clock.at("2026-03-02 00:00")  # a Monday
    with transaction() as tx:
        made = people.team(tx, people.workspace(tx))
        for name in ("Ada", "Grace", "Kenji"):
            people.seat(tx, made, name, zone="UTC", reminder=time(18), digest=time(9))
    clock.at("2026-03-02 18:00")
    return made


@pytest.fixture
def asked(postroom, team):
    """Ada's reminder."""
    postroom.tick()
    return postroom.sent(tag="reminder", to="ada@example.com")[0]


@pytest.fixture
def write(postroom):
    """A mail that answers one of ours, exactly as Postmark would send it; the row that came of it."""

    def write(message, text, sender="ada@example.com", headers=(), **more):
        payload = {
            "MessageID": str(uuid.uuid4()),
            "FromFull": {"Email": sender},
            "ToFull": [{"Email": message["ReplyTo"]}],
            "OriginalRecipient": message["ReplyTo"],
            "Subject": f"Re: {message['Subject']}",
            "TextBody": text,
            "Headers": list(headers),
            **more,
        }
        answer = postroom.web.post("/webhooks/postmark/inbound", json=payload, auth=SECRET)
        assert answer.status_code == 200
        postroom.settle()
        return one(InboundEmail, provider_id=payload["MessageID"])

    return write


def one(noun, **known):
    with transaction() as tx:
        return tx.scalars(select(noun).filter_by(**known)).one()


def said(**known):
    with transaction() as tx:
        found = tx.scalars(select(Entry).filter_by(**known).order_by(Entry.id)).all()
        return [(entry.kind, entry.body) for entry in found]


def outcome(mail):
    return mail.state, mail.kind or mail.reason


def seat(name):
    with transaction() as tx:
        return tx.scalars(select(TeamMember).join(TeamMember.user).filter_by(email=people.address(name))).one()


def link(message):
    return re.search(r"http\S+/((?:addresses|farewells|unsubscribe)/\S+)", message["TextBody"])[1]


def press(postroom, path):
    """Opens the page behind a link, which changes nothing, and presses its button."""
    page = postroom.web.get(f"/{path}")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    answer = postroom.web.post(f"/{path}", data={"csrf_token": token[1]} if token else {})
    assert answer.status_code == 200
    postroom.settle()
    return answer.text


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


def test_whom_a_mailed_answer_names_is_told_once_and_answers_its_author(postroom, asked, write):
    number = seat("Ada").id
    with transaction() as tx:
        tx.get(TeamMember, number).receipts = "always"
    write(asked, "- Note G, with @Grace\n- Ask @Ada")
    (told,) = postroom.sent(tag="notice")
    assert (told["To"], told["Subject"]) == ("grace@example.com", "Ada named you: Note G, with @Grace")
    write(postroom.sent(tag="receipt")[0], "- Note G, with @Grace and @Kenji")
    assert [mail["To"] for mail in postroom.sent(tag="notice")] == ["grace@example.com", "kenji@example.com"]
    write(postroom.sent(tag="notice")[1], "Gladly.", sender="kenji@example.com")
    number, answer = seat("Ada").user_id, one(Comment)
    assert (answer.to_user_id, answer.body, bool(answer.entry_id)) == (number, "Gladly.", True)
    assert postroom.sent(tag="notice")[2]["Subject"] == "Kenji answered: Note G, with @Grace and @Kenji"


def test_a_late_answer_counts_for_its_day_and_is_in_the_next_digest_marked_late(postroom, asked, write, clock):
    grace = postroom.sent(tag="reminder", to="grace@example.com")[0]
    write(asked, "in time")
    clock.at("2026-03-03 09:00")
    postroom.tick()
    write(grace, "days later", "grace@example.com")
    assert said() == [("done", "in time"), ("done", "days later")]
    assert {entry.local_date.isoformat() for entry in (one(Entry, body="in time"), one(Entry, body="days later"))} == {
        "2026-03-02"
    }
    clock.at("2026-03-03 18:00")
    postroom.tick()
    clock.at("2026-03-04 09:00")
    postroom.tick()
    digest = postroom.sent(tag="digest", to="ada@example.com")[-1]["TextBody"]
    assert digest.index("earlier days") < digest.index("days later")


@pytest.fixture
def digest(postroom, asked, write, clock):
    """Ada's, with something of Grace and of Kenji in it."""
    for name, text in (("grace", "- found a moth\n! no relays left"), ("kenji", "- drew a kanji")):
        write(postroom.sent(tag="reminder", to=f"{name}@example.com")[0], text, f"{name}@example.com")
    write(asked, "wrote note G")
    clock.at("2026-03-03 09:00")
    postroom.tick()
    return postroom.sent(tag="digest", to="ada@example.com")[0]


def test_an_answer_to_a_digest_is_for_whom_it_quotes_who_can_answer_back(postroom, digest, write, clock):
    quoted = "> Grace\n>   - found a moth\n>   ! no relays left\nI have two in my drawer.\n"
    quoted += "> Kenji\n>   - drew a kanji\nNice!\n"
    mail = write(digest, quoted)
    assert outcome(mail) == ("processed", "comment")
    with transaction() as tx:
        comments = tx.scalars(select(Comment).order_by(Comment.id)).all()
        told = [(each.to.display_name, each.kind, each.body) for each in comments]
    assert told == [("Grace", "comment", "I have two in my drawer."), ("Kenji", "thanks", "Nice!")]
    assert one(Entry, id=comments[0].entry_id).body == "no relays left"
    notes = {note["To"]: note for note in postroom.sent(tag="notice")}
    assert set(notes) == {"grace@example.com", "kenji@example.com"}
    assert "I have two in my drawer." in notes["grace@example.com"]["TextBody"]
    write(notes["grace@example.com"], "Bring them!", "grace@example.com")
    assert postroom.sent(tag="notice", to="ada@example.com")[0]["TextBody"].count("Bring them!") == 1
    assert len(said()) == 4  # of the day before, and none of these
    clock.at("2026-03-03 18:00")
    postroom.tick()
    clock.at("2026-03-04 09:00")
    postroom.tick()
    assert "I have two in my drawer." in postroom.sent(tag="digest", to="kenji@example.com")[-1]["TextBody"]


@pytest.mark.parametrize("quote", ['<blockquote class="gmail_quote">', '<blockquote type="cite">'])
def test_an_answer_in_html_alone_is_for_whose_part_stands_above_it(postroom, digest, write, quote):
    page = digest["HtmlBody"]
    kenji = page.rindex("<h2", 0, page.index("Kenji</h2>"))
    upper, lower = page[page.index("<h2") : kenji], page[kenji : page.index("</ul>", kenji) + 5]
    first, second = (f"{quote}{part}</blockquote>" for part in (upper, lower))
    head = '<div class="gmail_attr">On Tue, Mar 3, 2026 at 9:00 AM Engine wrote:</div>'
    html = f'<div class="gmail_quote">{head}{first}<div>I have two in my drawer.</div>{second}<div>Nice!</div></div>'
    assert outcome(write(digest, "", HtmlBody=html)) == ("processed", "comment")
    with transaction() as tx:
        comments = tx.scalars(select(Comment).order_by(Comment.id)).all()
        told = [(each.to.display_name, each.kind, each.body) for each in comments]
    assert told == [("Grace", "comment", "I have two in my drawer."), ("Kenji", "thanks", "Nice!")]
    assert [one(Entry, id=each.entry_id).body for each in comments] == ["no relays left", "drew a kanji"]


def test_thanks_above_a_digest_are_for_all(postroom, digest, write):
    body = f"Thanks, great work all!\n\nOn Tue, Mar 3, 2026 at 9:00 AM Engine wrote:\n\n> {digest['TextBody']}"
    write(digest, body.replace("\n", "\n> ").replace("> Thanks", "Thanks").replace("> \n> On", "\nOn"))
    comment = one(Comment)
    assert (comment.kind, comment.to_user_id, comment.body) == ("thanks", None, "Thanks, great work all!")
    assert postroom.sent(tag="notice") == []


def test_an_observer_is_told_that_they_read_along(postroom, digest, write):
    ada = seat("ada").user_id
    with transaction() as tx:
        tx.scalars(select(Membership).filter_by(user_id=ada)).one().role = "observer"
    assert outcome(write(digest, "Great!")) == ("bounced", "from an observer")
    (note,) = postroom.sent(tag="rejection")
    assert note["To"] == "ada@example.com" and "you read along" in note["TextBody"]
    assert outcome(write(digest, "pause")) == ("processed", "command")  # what is asked of them is theirs
    with transaction() as tx:
        assert not tx.scalars(select(Comment)).all()


def test_an_answer_to_a_newsletter_reaches_its_authors_and_can_be_passed_on(postroom, team, write):
    from jobs.editions import address_edition

    with transaction() as tx:
        publication = Publication(workspace_id=team.workspace_id, name="Letters")
        tx.add(publication)
        tx.flush()
        publication.subscribe(tx, {"reader@example.net": "Reader"}, consent="on paper")
        words = {"subject": "Note G", "html": "<p>Loops loop.</p>", "text": "Loops loop, and they do it for ever.\n"}
        edition = Edition(workspace_id=team.workspace_id, publication_id=publication.id, **words)
        tx.add(edition)
        tx.flush()
        edition.publish(tx)
    address_edition.later(edition.id)
    postroom.settle()
    (copy,) = postroom.sent(tag="edition")
    body = "Why for ever?\n\n> Loops loop, and they do it for ever.\n"
    mail = write(copy, body, "reader@example.net")
    assert (mail.kind, mail.edition_id, mail.text) == ("letter", edition.id, "Why for ever?")
    stop = write(copy, "unsubscribe", "reader@example.net")
    assert outcome(stop) == ("processed", "command")
    (note,) = postroom.sent(tag="command")
    assert (note["To"], note["Subject"]) == ("reader@example.net", "Leave Letters?")
    assert postroom.web.get(f"/{link(note)}").status_code == 200
    write(copy, "Abbestellen", "reader@example.net", headers=[PASSED])
    assert one(Subscription, publication_id=publication.id).state == "unsubscribed"
    assert postroom.sent(tag="command")[-1]["Subject"] == "You have left Letters"


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
