"""Replies as mail programs of many makes and languages send them, and what the person wrote in each."""

import pytest

from emails.reply_text import extract
from tests.emails.reply_text.cases import cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_person_wrote_is_found(case):
    reply = extract(case.parts.get("mail"), case.parts.get("html"), anchors=case.anchors)
    assert (reply.text, reply.confident) == (case.answer.strip("\n"), case.sure)


def test_no_two_cases_have_one_name():
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) > 150


def test_every_case_tells_its_language_and_its_program():
    assert [case.name for case in CASES if not (case.language and case.client)] == []
    assert len({case.language for case in CASES}) > 20
    assert len({case.client for case in CASES}) > 15
