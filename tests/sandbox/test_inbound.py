import base64

import pytest
import requests

from tests.sandbox.conftest import eventually

PROGRAMS = ("gmail", "outlook", "apple", "iphone", "android", "plain")
RAW = b"""Return-Path: <ada@example.com>
Received: from mail.example.com by mx.example
From: Ada Lovelace <ada@example.com>
To: "Team" <hash+SampleHash@inbound.example>, other@example.com
Cc: grace@example.com
Reply-To: ada+x@example.com
Subject: =?utf-8?q?Re=3A_What_did_you_get_d=C3=B6ne=3F?=
Date: Fri, 20 Nov 2026 16:45:32 -0400
Message-ID: <x@mail.example.com>
In-Reply-To: <883953f4-6105-42a2-a16a-77a8eac79483@mtasv.net>
Auto-Submitted: no
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Caf=E9 done

On Fri, Nov 20, 2026 Post wrote:
> What did you get done?
--b
Content-Type: image/png; name=a.png
Content-Disposition: inline; filename=a.png
Content-ID: <logo>
Content-Transfer-Encoding: base64

QUJD
--b--
"""


def asked(sandbox, **changes):
    usual = {"HtmlBody": "<p>What did you get done?</p>", "ReplyTo": "hash+Token99@inbound.example"}
    return sandbox.send(To="Ada Lovelace <ada@example.com>", **(usual | changes)).json()["MessageID"]


def header(message, name):
    return [one["Value"] for one in message["Headers"] if one["Name"] == name]


def test_a_raw_mail_becomes_postmarks_inbound_json(sandbox, told):
    returned = requests.post(f"{sandbox.url}/sandbox/inbound", data=RAW, timeout=10).json()
    headers, message = eventually(lambda: told.requests)[0]
    assert message == returned
    assert told.paths == ["/inbound"]
    assert headers["X-PM-Retries-Remaining"] == "10"
    assert "RecordType" not in message
    assert message["FromFull"] == {"Email": "ada@example.com", "Name": "Ada Lovelace", "MailboxHash": ""}
    assert message["To"] == '"Team" <hash+SampleHash@inbound.example>, other@example.com'
    assert message["ToFull"][0] == {
        "Email": "hash+SampleHash@inbound.example",
        "Name": "Team",
        "MailboxHash": "SampleHash",
    }
    assert (message["Bcc"], message["BccFull"]) == ("", [])
    assert message["CcFull"][0]["Email"] == "grace@example.com"
    assert message["OriginalRecipient"] == "hash+SampleHash@inbound.example"
    assert message["MailboxHash"] == "SampleHash"
    assert message["ReplyTo"] == "ada+x@example.com"
    assert message["Subject"] == "Re: What did you get döne?"
    assert message["Date"] == "Fri, 20 Nov 2026 16:45:32 -0400"
    assert message["TextBody"].startswith("Café done")
    assert message["StrippedTextReply"] == "Café done"
    assert message["Attachments"] == [
        {"Name": "a.png", "Content": "QUJD", "ContentType": "image/png", "ContentLength": 3, "ContentID": "logo"}
    ]


def test_some_headers_are_lifted_out_and_the_others_stay(sandbox):
    message = requests.post(f"{sandbox.url}/sandbox/inbound", data=RAW, timeout=10).json()
    names = [one["Name"] for one in message["Headers"]]
    assert names[:2] == ["Return-Path", "Received"]
    assert not {"From", "To", "Cc", "Subject", "Date", "Reply-To"} & set(names)
    assert header(message, "Message-ID") == ["<x@mail.example.com>"]
    assert header(message, "Auto-Submitted") == ["no"]
    assert header(message, "X-Spam-Tests") == ["DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS"]
    assert header(message, "Received-SPF")[0].startswith("pass")


def test_the_envelope_recipient_decides_and_then_is_a_bcc(sandbox):
    url = f"{sandbox.url}/sandbox/inbound?to=hash%2Bhidden@inbound.example"
    message = requests.post(url, data=RAW, timeout=10).json()
    assert (message["OriginalRecipient"], message["MailboxHash"]) == ("hash+hidden@inbound.example", "hidden")
    assert message["BccFull"][0]["MailboxHash"] == "hidden"


@pytest.mark.parametrize("raw", [b"", b"nonsense", b"From: \xff\xfe\nTo: <<>>\nDate: x\n\n\xff", b"Subject: only\n"])
def test_a_broken_mail_is_still_told(sandbox, raw):
    message = requests.post(f"{sandbox.url}/sandbox/inbound", data=raw, timeout=10).json()
    assert message["OriginalRecipient"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_reply_of_each_mail_program_is_addressed_threaded_and_stripped(sandbox, told, program):
    message_id = asked(sandbox)
    sandbox.act(message_id, "reply", text="Shipped the importer\nFixed the clock", client=program)
    message = eventually(lambda: [body for body in told.bodies if "MailboxHash" in body])[0]
    assert message["StrippedTextReply"] == "Shipped the importer\nFixed the clock"
    assert (message["MailboxHash"], message["OriginalRecipient"]) == ("Token99", "hash+Token99@inbound.example")
    assert (message["From"], message["FromName"]) == ("ada@example.com", "Ada Lovelace")
    assert message["Subject"] == "Re: What did you get done?"
    assert header(message, "In-Reply-To") == header(message, "References") == [f"<{message_id}@mtasv.net>"]
    assert "Hello" in message["TextBody"]
    assert ("What did you get done?</p>" in message["HtmlBody"]) == (program != "plain")


def test_a_reply_to_a_message_without_reply_to_goes_to_its_sender(sandbox):
    message = sandbox.act(asked(sandbox, ReplyTo=None), "reply", text="Hi", client="none")
    assert message["OriginalRecipient"] == "post@example.com"
    assert message["TextBody"].strip() == "Hi"


def test_a_reply_to_a_message_with_its_own_message_id_names_that(sandbox):
    message_id = asked(sandbox, Headers=[{"Name": "Message-ID", "Value": "<9@example.com>"}])
    assert header(sandbox.act(message_id, "reply", text="Hi"), "In-Reply-To") == ["<9@example.com>"]


def test_letters_beyond_ascii_survive_everywhere(sandbox):
    told = {
        "Subject": "Çay\nsaati 🎉",
        "Headers": [{"Name": "X-Å", "Value": "ø" * 300}, {"Name": "Message-ID", "Value": "é"}],
    }
    message = sandbox.act(asked(sandbox, **told), "reply", text="Tamam 👍", html="<p>Tamam 👍", client="apple")
    assert message["StrippedTextReply"] == "Tamam 👍"
    assert message["Subject"] == "Re: Çay saati 🎉"


def test_a_reply_may_bring_html_and_files(sandbox):
    attached = [{"Name": "a.csv", "ContentType": "text/csv", "Content": base64.b64encode(b"1,2").decode()}]
    message = sandbox.act(asked(sandbox), "reply", html="<p>Shipped <b>it</b></p>", Attachments=attached)
    assert "<p>Shipped <b>it</b></p>" in message["HtmlBody"]
    assert message["StrippedTextReply"] == "Shipped it"
    assert message["Attachments"][0]["Name"] == "a.csv"
    assert base64.b64decode(message["Attachments"][0]["Content"]) == b"1,2"


def test_inbound_mail_is_retried_on_anything_but_200_and_stops_at_403(sandbox, told):
    told.statuses += [404, 204, 403]
    requests.post(f"{sandbox.url}/sandbox/inbound", data=RAW, timeout=10)
    eventually(lambda: sandbox.summary()["webhooks"]["given_up"] == 1)
    assert [headers["X-PM-Retries-Remaining"] for headers, _ in told.requests] == ["10", "9", "8"]


def test_inbound_mail_is_listed_and_may_be_told_again(sandbox, told):
    message_id = requests.post(f"{sandbox.url}/sandbox/inbound", data=RAW, timeout=10).json()["MessageID"]
    listed = sandbox.client.call("GET", "/messages/inbound", count=10, offset=0, mailboxhash="SampleHash")
    assert listed["TotalCount"] == 1
    assert listed["InboundMessages"][0]["MessageID"] == message_id
    details = sandbox.api("GET", f"/messages/inbound/{message_id}/details").json()
    assert details["TextBody"].startswith("Café")
    assert sandbox.api("PUT", f"/messages/inbound/{message_id}/retry").json()["ErrorCode"] == 0
    eventually(lambda: len(told.requests) == 2)
    assert told.bodies[0] == told.bodies[1]
