"""A mail that is pasted or uploaded, and what each rule says of it."""

from io import BytesIO

import pytest
from sqlalchemy import select

from emails import addresses
from jobs.inbound_emails import understand
from models.db import transaction
from models.inbound_email import InboundEmail
from tests.web.inbound.arrivals import said

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
