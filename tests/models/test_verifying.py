"""What is held of an address, by what it says of itself and by what is known."""

import pytest

from models.db import transaction
from models.suppression import Suppression
from models.verifying import words
from models.verifying.history import past
from models.verifying.judging import judge, read
from models.verifying.mail_domain import Answer, Mail, MailDomain
from models.verifying.verdict import Evidence, Verdict
from tests import people


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("hotnail.fr", "hotmail.fr"),
        ("yahoo.cm", "yahoo.com"),
        ("people.example.con", "people.example.com"),
        ("live.co", "live.com"),
    ],
)
def test_a_slip_is_found(domain, meant):
    assert words.typo(domain) == meant


@pytest.mark.parametrize(
    "domain", ["gmail.com", "mail.com", "email.com", "yahoo.fr", "aon.com", "gmx.de", "google.com", "live.no", "a", ""]
)
def test_what_is_only_nearly_a_provider_is_left_alone(domain):
    assert words.typo(domain) == ""


def test_disposable_domains_are_known_and_what_belongs_to_them():
    assert words.is_disposable("mailinator.com") and words.is_disposable("any.mailinator.com")
    assert not words.is_disposable("example.com") and not words.is_disposable("com")


def test_offices_are_told_from_people():
    assert words.is_role("info") and words.is_role("support+tickets") and not words.is_role("information")


@pytest.mark.parametrize(
    ("mail", "verdict"),
    [
        (Mail.EXCHANGED, "deliverable"),
        (Mail.IMPLICIT, "risky"),
        (Mail.REFUSED, "undeliverable"),
        (Mail.NOWHERE, "undeliverable"),
        (Mail.ABSENT, "undeliverable"),
        (Mail.UNKNOWN, "unknown"),
    ],
)
def test_what_the_domain_answers_decides(mail, verdict):
    assert judge("grace@example.com", Answer("example.com", mail, "x")).verdict == verdict


def test_the_worst_counts_and_all_of_it_is_kept():
    found = judge("info@gmial.com", Answer("gmial.com", Mail.UNKNOWN, "no answer within 5 s"))
    assert (found.verdict, found.suggestion) == (Verdict.UNKNOWN, "info@gmail.com")
    assert found.reason == "nobody could be asked about gmial.com: no answer within 5 s"
    assert [each.check for each in found.evidence] == ["syntax", "domain", "disposable", "role", "typo"]
    assert found.as_json()["evidence"][-1] == {"check": "typo", "result": "risky", "detail": "did you mean gmail.com?"}
    bounced = Evidence("history", Verdict.UNDELIVERABLE, "bounced")
    assert judge("info@gmial.com", Answer("gmial.com", Mail.UNKNOWN, ""), bounced).verdict == "undeliverable"


def test_what_is_no_address_is_undeliverable_with_the_reason():
    email, found = read("nobody")
    assert (email, found.verdict) == ("", "undeliverable")
    assert "must have an @-sign" in found.reason
    assert read(" Grace@Bücher.Example ")[0] == "grace@bücher.example"


def test_the_past_is_the_workspaces_own():
    about = {"origin": "Postmark"}
    with transaction() as tx:
        ours, theirs = people.workspace(tx), people.workspace(tx, "Charles", "Difference")
        Suppression.impose(tx, ours.id, "a@example.com", "outbound", reason="HardBounce", **about)
        Suppression.impose(tx, ours.id, "b@example.com", "broadcast", reason="SpamComplaint", **about)
        Suppression.impose(tx, ours.id, "c@example.com", "outbound", reason="HardBounce", **about)
        Suppression.lift(tx, ours.id, "c@example.com", "outbound")
        Suppression.impose(tx, theirs.id, "d@example.com", "outbound", reason="HardBounce", **about)
        found = past(tx, ours.id, [f"{letter}@example.com" for letter in "abcde"])
    results = {email[0]: evidence.result for email, evidence in found.items()}
    assert results == {"a": "undeliverable", "b": "risky", "c": "risky"}
    assert found["a@example.com"].detail == "suppressed here: HardBounce, on the stream outbound"


def test_an_answer_is_kept_for_as_long_as_it_holds_within_bounds(clock):
    clock.at("2026-03-02 12:00")
    given = [
        Answer("a.example", Mail.EXCHANGED, "mx", 1),
        Answer("b.example", Mail.EXCHANGED, "mx", 10**7),
        Answer("c.example", Mail.ABSENT, "", 10**7),
        Answer("d.example", Mail.UNKNOWN, "", 10**7),
    ]
    names = [each.domain for each in given]

    def known():
        with transaction() as tx:
            return "".join(name[0] for name in sorted(MailDomain.known(tx, names)))

    with transaction() as tx:
        MailDomain.learn(tx, given)
    assert known() == "abcd"
    clock.forward(seconds=31)
    assert known() == "abc"
    clock.forward(seconds=300)
    assert known() == "bc"
    clock.forward(hours=1)
    assert known() == "b"
    clock.forward(days=1)
    with transaction() as tx:
        MailDomain.forget(tx)
        assert tx.query(MailDomain).count() == 0


def test_that_nobody_answered_does_not_replace_what_is_known():
    with transaction() as tx:
        MailDomain.learn(tx, [Answer("a.example", Mail.EXCHANGED, "mx", 3600)])
        MailDomain.learn(tx, [Answer("a.example", Mail.UNKNOWN, "", 0)])
        assert MailDomain.known(tx, ["a.example"])["a.example"].mail == Mail.EXCHANGED
