"""Mail as it came, and its files: handed back whole, and incinerated."""

import base64

import pytest
from sqlalchemy import delete, select, update

from jobs import reparsing
from jobs.incineration import incinerate
from models.attachment import Attachment
from models.db import transaction
from models.inbound_email import InboundEmail
from models.mail_piece import MailPiece
from models.raw_mail import RawMail
from tests.web.inbound.arrivals import email, said


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
