"""What a received mail says of itself."""

import json

import pytest

from emails.inbound import Malformed, Received

OURS = "0123456789abcdef0123456789abcdef"


def received(**fields):
    return Received.read(json.dumps({"MessageID": "m", "FromFull": {"Email": "Ada@Example.com"}, **fields}).encode())


def header(name, value):
    return {"Headers": [{"Name": name, "Value": value}]}


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b'"x"', b"{}", b'{"MessageID": 7}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_mail_is_malformed(raw):
    with pytest.raises(Malformed):
        Received.read(raw)


@pytest.mark.parametrize(
    "fields",
    [
        {"OriginalRecipient": f"{OURS}+token@inbound.postroom.example"},
        {"ToFull": [{"Email": f"{OURS.upper()}+TOKEN@Inbound.Postroom.Example"}]},
        {"CcFull": [{"Email": "x@y.example"}, {"Email": f"{OURS}+token@inbound.postroom.example"}]},
        {"MailboxHash": "Token"},
        header("Delivered-To", f"{OURS}+token@inbound.postroom.example"),
        header("X-Forwarded-To", f"<{OURS}+token@inbound.postroom.example>, other@example.com"),
    ],
)
def test_the_token_is_found_wherever_the_mail_carries_it(fields):
    assert received(**fields).reply_tokens == ["token"]


def test_somebody_elses_plus_is_not_our_token():
    assert received(ToFull=[{"Email": "ada+news@example.com"}]).reply_tokens == []


def test_the_message_that_is_answered_is_found_even_with_commas_between():
    found = received(**header("References", "<first@mtasv.net>,<x@mail.example>,<last@mtasv.net>"))
    assert found.answers_to == ["last", "first"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied; owner-email=x"),
        ("X-Autoreply", "yes"),
        ("Precedence", "auto_reply"),
        ("List-Id", "<news.example.com>"),
        ("Return-Path", "<>"),
        ("Content-Type", "multipart/report; report-type=delivery-status"),
    ],
)
def test_a_machine_is_recognised(name, value):
    assert received(**header(name, value)).machine


@pytest.mark.parametrize(
    ("name", "value"), [("Auto-Submitted", "no"), ("X-Auto-Response-Suppress", "All"), ("Precedence", "normal")]
)
def test_a_person_is_not_taken_for_a_machine(name, value):
    assert received(**header(name, value)).machine is None


@pytest.mark.parametrize("sender", ["postroom@postroom.example", f"{OURS}+x@inbound.postroom.example", ""])
def test_our_own_mail_coming_back_is_not_an_answer(sender):
    assert received(FromFull={"Email": sender}).machine


@pytest.mark.parametrize("wrong", [None, 7, [], {}, "x", [None], [7]])
@pytest.mark.parametrize("key", ["FromFull", "ToFull", "Headers", "TextBody", "Subject", "MailboxHash", "From"])
def test_a_field_of_the_wrong_kind_harms_nothing(key, wrong):
    mail = received(**{key: wrong})
    assert isinstance([mail.sender, mail.subject, mail.text, mail.reply_tokens, mail.answers_to, mail.machine], list)
