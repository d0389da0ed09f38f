"""Filling in equals inlining each; what cannot be filled in raises."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError

from emails.cutting import Cut, Parts, Spoiled
from emails.letter import Letter
from emails.template import HOME, PARTS, Template

VALUES = {
    "name": "Ada & <b>Co</b>",
    "team": 'The "Engine" team',
    "question": "What did you get done today?",
    "day": "Monday, 2 March",
    "marker": "-- Reply above this line --",
    "settings_link": "https://postroom.example/teams/1/edit?a=1&b=2",
    "team_link": "https://postroom.example/teams/1",
}


def test_a_letter_filled_in_equals_a_letter_inlined_alone():
    filled, rendered = Template("reminder").fill(**VALUES), Template("reminder").render(**VALUES)
    assert (filled.subject, str(filled.text), filled.tag) == (rendered.subject, rendered.text, rendered.tag)
    assert normal(str(filled.html)) == normal(rendered.html)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_a_value_is_text_whatever_is_in_it(name):
    filled = Template("reminder").fill(**VALUES | {"name": name})
    assert f"Hello {name},".strip() in str(filled.text)
    assert normal(str(filled.html)) == normal(Template("reminder").render(**VALUES | {"name": name}).html)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_body_joined_as_json_is_the_json_of_the_body(name):
    letter = Template("reminder").fill(**VALUES | {"name": name})
    for body in (letter.text, letter.html):
        assert json.loads(body.as_json()) == str(body)


def normal(html):
    """As a browser reads it: lxml writes some characters as entities that we leave as they are."""
    from lxml.html import fromstring, tostring

    return tostring(fromstring(html), encoding="unicode")


def test_no_value_is_left_out_and_none_is_left_over():
    letter = Template("reminder").fill(**VALUES)
    for value in ("-- Reply above this line --", "https://postroom.example/teams/1/edit?a=1&amp;b=2"):
        assert value in str(letter.html)
    assert "{{" not in f"{letter.html}{letter.text}{letter.subject}"


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError, match="team"):
        Template("reminder").fill(name="Ada")


def test_a_template_that_asks_about_a_value_cannot_be_filled_in():
    with pytest.raises(TypeError, match="render it instead"):
        Template("digest").fill(
            team="x", day="x", people="x", late="", still_working="", settings_link="", team_link=""
        )


def test_a_line_break_in_a_header_is_refused():
    with pytest.raises(ValueError, match="line break"):
        Letter(subject="a", text="", html="", tag="", headers={"X-One": "1\r\nBcc: everybody@example.com"}).checked()


def test_a_subject_is_one_line_whatever_a_team_is_called():
    assert "\n" not in Template("reminder").fill(**VALUES | {"team": "a\r\nBcc: b@example.com"}).subject


@pytest.mark.parametrize("folder", sorted(each.name for each in HOME.iterdir() if each.is_dir()))
def test_every_mail_has_all_three_parts(folder):
    assert all((HOME / folder / part).read_text().strip() for part in PARTS)


def test_dark_mode_and_phones_keep_their_rules():
    html = str(Template("reminder").fill(**VALUES).html)
    assert "prefers-color-scheme: dark" in html and "!important" in html
    assert html.startswith("<!doctype html>")


@pytest.mark.parametrize("changed", ["{{ name|upper }}", "{{ name|replace('v', 'w') }}", "{{ name[2:] }}"])
def test_a_template_that_changes_a_value_cannot_be_filled_in(changed):
    environment = Environment(autoescape=True)

    def render(values):
        return Parts("", "", environment.from_string(f"<html><body><p>{changed}</p></body></html>").render(values))

    with pytest.raises((Spoiled, TypeError)):
        Cut(["name"], render)
