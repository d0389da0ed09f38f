"""What a segment says is read, written, said in words; what is none is told where it stops being one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.segments.conditions import Reference
from models.segments.parsing import Misread, parse
from models.segments.words import words
from models.segments.written import written
from tests.models.segments.conditions import conditions

NUMBERS = st.builds(Reference, st.integers(1, 10**18 - 1))
NAMED = NUMBERS | st.builds(Reference, name=st.sampled_from(["Notes", '“"\\', "7"]))
PIECES = (
    *("and", "or", "not", "(", ")", "tag", "=", "!=", "<", '"vip"', '"x', "“y”", "plan", "is", "set", "missing", "\\"),
    *("joined", "in", "the", "last", "30", "days", "of", "newsletter", "any", "edition", "editions", "7", "-5", "'"),
    *("2026-01-01", "2026-99-99", "opened", "clicked", "replied", "to", ";", "--", "§", "\0", "\ud800", "attribute"),
)


@settings(deadline=None)
@given(conditions(NAMED, NUMBERS))
def test_what_is_written_is_read_as_the_same(condition):
    text = written(condition)
    assert parse(text) == condition
    assert written(parse(text)) == text
    assert words(condition, {})


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=60))
def test_whatever_is_typed_is_a_condition_or_a_clear_error(text):
    try:
        assert parse(written(parse(text)))
    except Misread as problem:
        assert 0 <= problem.at <= len(text)
        assert str(problem).startswith("Character ") and str(problem).endswith(".") and problem.said
        line, caret = problem.shown.split("\n")
        assert caret.strip() == "^" and len(caret) <= len(line) + 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tag =", "Character 6: a text in quotation marks was expected."),
        ("tag = vip", "Character 7: a text in quotation marks was expected."),
        ('plan = "x" foo', "Character 12: the end, “and” or “or” was expected."),
        ("joined after 2026-13-01", "Character 14: there is no day 2026-13-01."),
        ("opened any of the last 0 editions", "Character 24: a whole number from 1 to 100 was expected."),
        ("trial < yes", "Character 9: a text, a number or a day was expected."),
        ("", 'Character 1: a condition, such as tag = "vip", was expected.'),
        ("not " * 12 + "everybody", "Character 1: brackets and nots may be 12 deep, and these are deeper."),
        (" or ".join(["everybody"] * 51), "Character 1: a segment may have 50 conditions, and these are more."),
        ('tag = "' + "x" * 2_000 + '"', "Character 2,001: a segment may have 2,000 characters, and this goes on."),
        ('tag = "\0"', "Character 8: there is a character here that no text may have."),
    ],
)
def test_where_it_stops_making_sense_is_told(text, told):
    with pytest.raises(Misread) as caught:
        parse(text)
    assert str(caught.value) == told


def test_a_caret_stands_under_the_place():
    with pytest.raises(Misread) as caught:
        parse('everybody and\n  tag is "x"')
    assert caught.value.shown == '  tag is "x"\n         ^'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'tag = "vip" and (plan = "pro" or joined after 2026-01-01) and not opened edition 7',
            "tagged “vip” and (plan is “pro” or joined after 1 January 2026) and not opened “Spring”",
        ),
        (
            "CLICKED “pricing” in any of the last 5 editions of newsletter 2 in the last 1 week",
            "clicked a link with “pricing” in any of the last 5 editions of newsletter 2 in the last week",
        ),
        ("seats >= 1200 and trial != yes", "seats is at least 1,200 and trial is not yes"),
        ('tag is missing or attribute "fav tea" is set', "without tags or fav tea is known"),
        ("renewed in the last 3 months", "renewed was in the last 3 months"),
    ],
)
def test_it_is_read_back_in_words(text, said):
    assert words(parse(text), {("edition", 7): "Spring"}) == said
