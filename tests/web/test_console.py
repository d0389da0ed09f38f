"""What a person at the console does with received mail: try, let in, re-route, put back, pass on, incinerate."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import delete, select, update

from emails import addresses
from emails.arrival import arrival
from jobs import reparsing
from jobs.inbound_emails import understand
from jobs.incineration import incinerate
from models import reply_token
from models.attachment import Attachment
from models.comment import Comment
from models.db import transaction
from models.entry import Entry
from models.forwarding import Forwarding
from models.inbound_email import InboundEmail
from models.mail_piece import MailPiece
from models.prompt import Prompt
from models.raw_mail import RawMail
from models.team_member import TeamMember

EML = b"""From: Grace <grace@example.com>\r
To: %s\r
Subject: =?utf-8?q?Re=3A_What_did_you_get_done=3F?=\r
Message-ID: <1@mail.example>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="b"\r
\r
--b\r
Content-Type: text/plain; charset=utf-8\r
\r
- found a moth\r
! no relays left\r
\r
-- \r
Grace\r
--b\r
Content-Type: text/plain; charset=utf-8; name="log.txt"\r
Content-Disposition: attachment; filename="log.txt"\r
\r
not said\r
--b--\r
"""


@pytest.fixture
def prompt(ada):
    """Grace's of today."""
    with transaction() as tx:
        return Prompt.on(tx, tx.get_one(TeamMember, ada.other_seat), datetime.now(UTC).date())


@pytest.fixture
def took(prompt):
    """Stores and understands a mail to Grace's address; its number."""

    def take(text="- found a moth\n! no relays left\n\n-- \nGrace", sender="grace@example.com", **more):
        to = addresses.reply_address(more.pop("token", prompt.reply_token))
        payload = {"MessageID": f"m{datetime.now(UTC).timestamp()}", "FromFull": {"Email": sender}, "Subject": "Re: it"}
        raw = json.dumps(payload | {"ToFull": [{"Email": to}], "TextBody": text} | more).encode()
        with transaction() as tx:
            number = InboundEmail.receive(tx, **arrival(raw))
        understand(number)
        return number

    return take


def email(number):
    with transaction() as tx:
        return tx.get_one(InboundEmail, number)


def said():
    with transaction() as tx:
        mine = select(Entry).where(Entry.inbound_email_id.is_not(None)).order_by(Entry.id)
        return [(entry.kind, entry.body) for entry in tx.scalars(mine)]


def eml(prompt):
    return EML % addresses.reply_address(prompt.reply_token).encode()


def test_a_pasted_mail_shows_what_each_rule_says_and_stores_nothing(adas, prompt):
    page = adas.get("/inbound-emails/new").press("Show what each rule says", raw=eml(prompt).decode())
    for told in ("reminder, to grace@example.com", "written by a person", "an address of theirs", "done, blocker"):
        assert told in page.text
    assert (
        "found a moth" in page.text and "not said" not in page.text.replace("log.txt", "")[:2_000].split("raw mail")[0]
    )
    with transaction() as tx:
        assert tx.scalar(select(InboundEmail).filter_by(message_id="1@mail.example")) is None


def test_an_uploaded_mail_can_be_taken_as_if_it_had_come_in(adas, prompt):
    page = adas.get("/inbound-emails/new")
    token = page.page.find(".//form[@enctype]//input[@name='csrf_token']").get("value")
    given = {"csrf_token": token, "take": "yes", "file": (BytesIO(eml(prompt)), "reply.eml")}
    page.answer = adas.client.post("/inbound-emails/trials", data=given, follow_redirects=True)
    assert page.status == 200
    with transaction() as tx:
        number = tx.scalars(select(InboundEmail.id).filter_by(message_id="1@mail.example")).one()
    understand(number)
    assert said() == [("done", "found a moth"), ("blocker", "no relays left")]
    shown = adas.get(f"/inbound-emails/{number}")
    assert "log.txt" in shown.text
    (link,) = shown.page.xpath("//a[contains(@href, '/attachments/')]/@href")
    file = adas.client.get(link)
    assert (file.data, file.headers["X-Content-Type-Options"]) == (b"not said", "nosniff")
    assert file.headers["Content-Disposition"] == "attachment; filename=\"log.txt\"; filename*=UTF-8''log.txt"


@pytest.mark.parametrize("pasted", ["", "{", '{"MessageID": 7}'])
def test_what_is_no_mail_is_told_so(adas, pasted):
    page = adas.get("/inbound-emails/new").press("Show what each rule says", raw=pasted)
    assert page.status == 422
    assert "That is no mail" in page.text


@pytest.mark.parametrize("name", ['a"b\r\nX: y.txt', "../../etc/passwd", "Bericht für März.pdf", "", "\0\u202e.exe"])
def test_no_name_of_a_file_ends_its_header_or_says_where_to_put_it(ada, adas, took, name):
    content = base64.b64encode(b"x").decode()
    number = took(Attachments=[{"Name": name, "Content": content, "ContentType": "text/html"}])
    with transaction() as tx:
        file = tx.scalars(select(Attachment.id).filter_by(inbound_email_id=number)).one()
    answer = adas.client.get(f"/attachments/{file}")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    told = answer.headers["Content-Disposition"]
    assert told.startswith('attachment; filename="') and told.isascii() and "\n" not in told and "/" not in told


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


def test_what_was_cut_is_put_back_and_stays_so_when_the_mail_is_read_again(adas, took):
    number = took()
    adas.get(f"/inbound-emails/{number}").press("Restore")
    for _ in range(2):
        reparsing.reparse(number)
        assert ("done", "Grace") in said()
        assert len(said()) == 3
    assert email(number).elided and email(number).restored


def test_reading_again_replaces_what_an_older_parser_understood_and_nothing_else(took):
    number = took()
    with transaction() as tx:
        before = tx.scalars(select(Entry).filter_by(inbound_email_id=number).order_by(Entry.place)).all()
        before[0].body = "On Friday somebody wrote:"
        tx.get_one(InboundEmail, number).parser_version = 0
    assert [page for page in reparsing.outdated() if number in page]
    reparsing.reparse(number)
    reparsing.reparse(number)
    assert sorted(said()) == [("blocker", "no relays left"), ("done", "found a moth")]
    with transaction() as tx:
        kept = tx.scalars(select(Entry).filter_by(inbound_email_id=number, kind="blocker")).one()
    assert kept.id == before[1].id
    assert not [page for page in reparsing.outdated() if number in page]


def test_reading_again_leaves_alone_what_somebody_has_corrected(took):
    first = took()
    token = reply_token.sealed("receipt", first)
    second = took("found a butterfly", token=token)
    reparsing.reparse(first)
    reparsing.reparse(second)
    assert said() == [("done", "found a butterfly")]


def test_incinerated_early_nothing_is_left_of_it_but_what_it_said(adas, took):
    content = base64.b64encode(b"x").decode()
    number = took(Attachments=[{"Name": "a", "Content": content}], RawEmail="Subject: x\r\n\r\n- found a moth\r\n")
    adas.get(f"/inbound-emails/{number}").press("Incinerate now").press("Yes, do it")
    with transaction() as tx:
        row = tx.execute(select(InboundEmail.payload, InboundEmail.text).filter_by(id=number)).one()
        assert not tx.scalars(select(MailPiece).filter_by(inbound_email_id=number)).all()
    assert (row.payload, row.text) == (None, "- found a moth")
    assert said() == [("done", "found a moth")]
    assert "incinerated" in adas.get(f"/inbound-emails/{number}").text
    assert adas.client.get(f"/inbound-emails/{number}/payload").status_code == 410


def test_raw_mail_leaves_when_its_time_is_over_and_what_waited_is_given_up(took, clock):
    read, held = took(), took("x", sender="x@elsewhere.example")
    incinerate()
    assert email(read).incinerated_at is None
    clock.forward(days=31)
    incinerate()
    assert email(read).incinerated_at and email(read).state == "processed"
    assert (email(held).state, email(held).reason) == ("ignored", "nobody said in time whose it is")


def test_a_letter_is_read_by_who_writes_the_newsletter_and_passed_on(ada, adas, took):
    number = took("Why <loops>?", "reader@example.net", token=reply_token.sealed("edition", ada.edition))
    assert "Why <loops>?" in adas.get("/letters").text
    assert "Why <loops>?" in adas.get(f"/letters?edition={ada.edition}&words=READER%40example.net").text
    assert "No letter like that." in adas.get("/letters?words=nobody").text
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


def test_a_member_puts_back_what_was_cut_of_their_own_mail_and_nobody_elses(ada, adas, graces, took):
    number = took()
    assert "Left out of your mail: 2 lines" in graces.get(f"/teams/{ada.team}").text
    assert "Left out" not in adas.get(f"/teams/{ada.team}").text
    graces.press("Restore")
    assert "It counts as said now." in graces.text
    reparsing.reparse(number)
    assert ("done", "Grace") in said()
    assert "Left out" not in graces.get(f"/teams/{ada.team}").text


def test_a_large_mail_is_handed_back_as_it_came(adas, took):
    wire = "Subject: x\r\n\r\n- found a moth\r\n" + "0123456789\r\n" * 200_000
    number = took(RawEmail=wire, Attachments=[{"Name": "a", "Content": base64.b64encode(wire.encode()).decode()}])
    assert adas.client.get(f"/inbound-emails/{number}/mime").data == wire.encode()
    (link,) = adas.get(f"/inbound-emails/{number}").page.xpath("//a[contains(@href, '/attachments/')]/@href")
    assert adas.client.get(link).data == wire.encode()
    assert said()[0] == ("done", "found a moth")


def test_what_was_stored_before_there_were_pieces_is_read_downloaded_and_incinerated(adas, took):
    wire = b"Subject: x\r\n\r\n- found a wasp\r\n" + b" \r\n" * 400_000
    number = took(
        "found a moth", Attachments=[{"Name": "a", "Content": "eA=="}], RawEmail="Subject: x\r\n\r\n- found a moth"
    )
    with transaction() as tx:
        tx.execute(delete(MailPiece))
        tx.add(RawMail(inbound_email_id=number, mime=wire))
        tx.execute(update(Attachment).values(content=b"x"))
    assert adas.client.get(f"/inbound-emails/{number}/mime").data == wire
    (link,) = adas.get(f"/inbound-emails/{number}").page.xpath("//a[contains(@href, '/attachments/')]/@href")
    assert adas.client.get(link).data == b"x"
    reparsing.reparse(number)
    assert said() == [("done", "found a wasp")]
    adas.get(f"/inbound-emails/{number}").press("Incinerate now").press("Yes, do it")
    assert adas.client.get(f"/inbound-emails/{number}/mime").status_code == adas.client.get(link).status_code == 410
