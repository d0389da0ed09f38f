"""PostgreSQL finds whom a plain reading of the condition finds, and no text is ever more than a value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from models.db import engine, transaction
from models.segments import pinning
from models.segments.conditions import Attribute, Comparison, Inclusion, Not, Reference
from models.segments.misread import Misread
from models.segments.people import People
from models.segments.segment import Segment
from models.segments.written import written
from tests.models.segments import naive, world
from tests.models.segments.conditions import conditions

NUMBERS = st.builds(Reference, st.sampled_from([1, 2, 3]))
INCLUDED = 'tag = "vip" and not opened any of the last 2 editions'
EXCLUDED = 'plan = "pro" or opened any edition'


@pytest.fixture
def everybody(clock):
    """Sixty people, and two segments."""
    clock.at(world.NOW)
    found = world.settle(seed=1815, size=60)
    with transaction() as tx:
        for name, query in (("One", INCLUDED), ("Two", EXCLUDED)):
            tx.add(Segment(workspace_id=1, name=name, query=query))
            tx.flush()
    clock.at(world.NOW)
    return found


def found(condition):
    with transaction() as tx:
        who = People.who(tx, 1, condition)
        people = who.page(tx, size=1_000)
        assert who.count(tx) == len(people)
        return {each.email for each in people}


def read(query):
    with transaction() as tx:
        return pinning.read(tx, 1, query)


def test_it_finds_whom_a_plain_reading_finds(everybody, clock):
    segments = {1: read(INCLUDED), 2: read(EXCLUDED)}
    parts = conditions(NUMBERS, NUMBERS) | st.sampled_from([Inclusion(Reference(1)), Not(Inclusion(Reference(2)))])

    @settings(max_examples=200, deadline=None)
    @given(parts)
    def agree(condition):
        clock.at(world.NOW)
        assert found(condition) == {each.email for each in everybody if naive.holds(condition, each, segments)}

    agree()


@pytest.mark.parametrize(
    "odd", ["'; drop table contacts; --", "%(x)s :x %s", '{"a": 1}', "\\' or 1=1", "$1", "x" * 900]
)
def test_whatever_stands_in_quotation_marks_is_a_value(everybody, odd):
    sent = []

    def note(connection, cursor, statement, *rest):
        sent.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        for condition in (Attribute(odd, Comparison("=", odd)), Attribute("plan", Comparison("contains", odd))):
            assert found(read(written(condition))) == set()
    finally:
        event.remove(engine(), "before_cursor_execute", note)
    assert sent and not any(odd in statement for statement in sent)


def test_what_is_named_is_found_here_or_nowhere(everybody):
    assert written(read('subscribed to newsletter "Notes 1"')) == "subscribed to newsletter 1"
    assert written(read('in segment "Two"')) == "in segment 2"
    for theirs in ('subscribed to newsletter "Notes 3"', "confirmed newsletter 3", "opened edition 5", "in segment 9"):
        with pytest.raises(Misread, match=r"there is no (newsletter|edition|segment)"):
            read(theirs)


def test_a_saved_segment_is_not_made_of_others(everybody):
    with transaction() as tx, pytest.raises(Misread, match="Character 12: a saved segment is not made of others"):
        pinning.read_alone(tx, 1, "in segment 1")


def test_why_somebody_is_found_is_told_by_condition(everybody):
    condition = read('tag = "vip" or plan = "pro" or not tag = "vip"')
    with transaction() as tx:
        who = People.who(tx, 1, condition)
        people = who.page(tx)
        told = who.reasons(tx, people, {})
    assert len(people) == 20 and told.keys() == {each.id for each in people}
    for each in people:
        assert ("tagged “vip”" in told[each.id]) == ("vip" in each.tags)
        assert ("plan is “pro”" in told[each.id]) == (each.attributes.get("plan") == "pro")


def test_a_page_goes_on_where_the_last_one_ended(everybody):
    condition = read("everybody")
    with transaction() as tx:
        who = People.who(tx, 1, condition)
        first = who.page(tx, size=25)
        assert [each.id for each in (*first, *who.page(tx, before=first[-1].id, size=99))] == list(range(60, 0, -1))
