"""Domains are asked about, of a real name server on loopback, over UDP and TCP."""

import time

import pytest

from emails.resolver import AT_ONCE, resolve
from models.verifying.mail_domain import Mail


@pytest.mark.parametrize(
    ("domain", "mail", "detail"),
    [
        ("people.example", Mail.EXCHANGED, "mx.people.example"),
        ("alias.example", Mail.EXCHANGED, "mx.mail.example"),
        ("bücher.example", Mail.EXCHANGED, "mx.xn--bcher-kva.example"),
        ("implicit.example", Mail.IMPLICIT, "127.0.0.1"),
        ("null.example", Mail.REFUSED, ""),
        ("bare.example", Mail.NOWHERE, ""),
        ("absent.example", Mail.ABSENT, ""),
        ("lost.example", Mail.ABSENT, ""),
        ("servfail.example", Mail.UNKNOWN, "the name server answered SERVFAIL"),
        ("refused.example", Mail.UNKNOWN, "the name server answered REFUSED"),
        ("silent.example", Mail.UNKNOWN, "no answer within 1 s"),
    ],
)
def test_what_a_domain_does_with_mail_is_found_out(nameserver, domain, mail, detail):
    answer = resolve([domain])[domain]
    assert (answer.mail, answer.detail) == (mail, detail)
    assert answer.seconds == (0 if mail == Mail.UNKNOWN else 3600)


def test_an_answer_that_does_not_fit_into_udp_comes_over_tcp(nameserver):
    assert resolve(["long.example"])["long.example"].detail == "mail-server-number-10.long.example"
    assert nameserver.questions == [("long.example", "MX", "udp"), ("long.example", "MX", "tcp")]


def test_names_are_whole_and_no_search_list_is_tried(nameserver):
    resolve(["absent"])
    assert {name for name, _, _ in nameserver.questions} == {"absent"}


def test_many_are_asked_at_once_and_slow_ones_hold_up_nobody(nameserver):
    began = time.monotonic()
    found = resolve(["silent.example", *(f"p{number}.example" for number in range(100))])
    assert time.monotonic() - began < 5
    assert sum(each.mail == Mail.EXCHANGED for each in found.values()) == 100


def test_where_no_name_server_answers_everything_is_unknown_and_soon():
    began = time.monotonic()
    found = resolve([f"p{number}.example" for number in range(AT_ONCE * 10)])
    assert time.monotonic() - began < 5
    assert {each.mail for each in found.values()} == {Mail.UNKNOWN} and len(found) == AT_ONCE * 10


def test_each_question_takes_its_turn_and_what_gets_none_is_left_for_later(nameserver, monkeypatch):
    monkeypatch.setattr("emails.resolver.PATIENCE", 1.5)
    turns = iter([0.0, 0.0, None])
    found = resolve(["a.example", "implicit.example"], lambda: next(turns, 60.0))
    assert list(found) == ["a.example"]
    assert len(nameserver.questions) == 2
