"""Whose word counts about who sent a mail."""

from functools import partial

import pytest

from emails.senders import fails_dmarc, is_authenticated

TAKEN_OVER = (
    "received",
    "from mail.example.com (mail.example.com [192.0.2.7])\t(using TLSv1.2)\tby p-pm-inbound1.inbound.postmarkapp.com "
    "(Postfix) with ESMTPS id 437BD453CA2",
)
LOCALLY = ("received", "by p-pm-inbound1.inbound.postmarkapp.com (Postfix, from userid 996)\tid 8ED1A453CA4")
HELD_BY_GOOGLE = (
    "received",
    "from mail-lf1-f51.google.com (mail-lf1-f51.google.com [209.85.167.51]) by p-pm (Postfix)",
)
PASS = ("authentication-results", "mx.google.com; spf=pass; dmarc=pass (p=NONE) header.from=example.com")
FAIL = ("authentication-results", "mx.google.com; dkim=none; dmarc=fail (p=REJECT) header.from=example.com")


def spam_tests(*names):
    return ("x-spam-tests", ",\t".join(names))


def verdict(*lines, trusted=None):
    return "pass" if is_authenticated(lines, trusted) else "fail" if fails_dmarc(lines, trusted) else None


of_google = partial(verdict, trusted=("mx.google.com", "google.com"))


@pytest.mark.parametrize("result", [PASS, FAIL])
def test_what_a_stranger_writes_counts_neither_for_nor_against_anybody(result):
    assert verdict(result) is None
    assert verdict(TAKEN_OVER, result) is None
    assert verdict(LOCALLY, spam_tests("SPF_PASS"), TAKEN_OVER, result) is None


def test_the_tests_of_the_provider_count_and_those_that_came_with_the_mail_do_not():
    assert verdict(LOCALLY, spam_tests("DKIM_SIGNED", "DKIM_VALID_AU"), TAKEN_OVER) == "pass"
    assert verdict(LOCALLY, spam_tests("SPF_PASS"), TAKEN_OVER, spam_tests("DKIM_VALID_AU")) is None
    assert verdict(LOCALLY, TAKEN_OVER, spam_tests("DKIM_VALID_AU")) is None
    assert verdict(LOCALLY, TAKEN_OVER, spam_tests("DMARC_REJECT")) is None


@pytest.mark.parametrize("missed", ["DMARC_REJECT", "DMARC_QUAR", "DMARC_NONE"])
def test_a_policy_that_the_provider_finds_missed_fails(missed):
    assert verdict(LOCALLY, spam_tests("DKIM_VALID", missed), TAKEN_OVER) == "fail"


def test_results_that_the_provider_writes_count_above_where_it_took_over():
    said = ("authentication-results", "p-pm-inbound1.inbound.postmarkapp.com; dmarc=fail (p=none)")
    assert verdict(said, LOCALLY, TAKEN_OVER, PASS) == "fail"
    assert verdict(LOCALLY, TAKEN_OVER, said) is None


def test_results_of_the_server_that_an_operator_names_count():
    assert of_google(LOCALLY, HELD_BY_GOOGLE, PASS) == "pass"
    assert of_google(LOCALLY, HELD_BY_GOOGLE, FAIL, PASS) == "fail"
    assert of_google(LOCALLY, spam_tests("DKIM_VALID_AU"), HELD_BY_GOOGLE, FAIL) == "fail"


def test_they_do_not_count_when_another_host_handed_the_mail_over():
    assert of_google(LOCALLY, TAKEN_OVER, PASS) is None
    assert of_google(PASS, LOCALLY, TAKEN_OVER) is None and of_google(PASS) is None
    assert of_google(("received", "from mail.google.com (unknown [192.0.2.7]) by p-pm (Postfix)"), PASS) is None
    assert of_google(("received", "from x (evilgoogle.com [192.0.2.7]) by p-pm (Postfix)"), PASS) is None
    assert (
        of_google(LOCALLY, HELD_BY_GOOGLE, TAKEN_OVER, ("authentication-results", "mx.evil.example; dmarc=pass"))
        is None
    )


def test_the_longest_of_headers_costs_nothing():
    assert of_google(("received", "from " + "x" * 100_000), ("authentication-results", ";" * 100_000)) is None
