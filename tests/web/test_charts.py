"""Charts: their geometry, without any page."""

import pytest

from web.charts import scale
from web.charts.lines import Lines, Series
from web.charts.strip import Part, Strip


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 2), (1, 2), (7, 8), (10, 20), (99, 100), (101, 200), (61_234, 80_000), (10**6, 2 * 10**6)]
)
def test_an_axis_ends_above_all_values_at_a_number_whose_half_is_whole(highest, top):
    assert scale.top([0, highest]) == top


def test_an_axis_says_large_numbers_shortly():
    assert [scale.short(number) for number in (0, 999, 1_500, 40_000, 2_000_000)] == ["0", "999", "1.5k", "40k", "2m"]


def test_labels_under_a_chart_are_the_first_the_last_and_some_between():
    assert scale.words([str(number) for number in range(90)], 4) == ["0", "30", "59", "89"]
    assert scale.words(["a", "b"], 4) == ["a", "b"]


def test_a_line_goes_from_left_to_right_and_up():
    line = Series("Opened", [0, 5, 10])
    chart = Lines("Opens", "By day.", ["Mon", "Tue", "Wed"], [line])
    assert chart.path(line) == "M0 300 L500 225 L1000 150"
    assert chart.area(line).endswith("L1000 300 L0 300Z")
    assert chart.axis == ["20", "10", "0"]


def test_what_has_not_happened_yet_has_no_place_on_the_line_and_none_in_the_table():
    chart = Lines("Opens", "By day.", ["Mon", "Tue", "Wed"], [Series("Opened", [4, 4]), Series("Sent", [])])
    assert chart.path(chart.series[0]).count("L") == 1
    assert chart.path(chart.series[1]) == ""
    assert chart.rows() == [("Mon", [4, None]), ("Tue", [4, None]), ("Wed", [None, None])]


def test_where_nobody_counted_the_line_has_a_gap():
    line = Series("Opened", [10, None, 10, 20])
    chart = Lines("Opens", "By day.", ["Mon", "Tue", "Wed", "Thu"], [line])
    assert chart.path(line) == "M0 150 M666.7 150 L1000 0"
    assert (chart.dots(line).count("h0"), chart.area(line), chart.rows()[1]) == (3, "", ("Tue", [None]))


def test_one_value_stands_in_the_middle():
    one = Series("Sent", [3])
    assert Lines("Sent", "", ["Mon"], [one]).dots(one) == "M500 75h0"


def test_nothing_at_all_is_said_to_be_empty():
    assert Lines("Sent", "", [], []).is_empty and Lines("Sent", "", ["Mon"], [Series("x", [0])]).is_empty


def test_a_strip_shows_parts_of_a_whole():
    strip = Strip("Opened", [Part("people", 30), Part("machines", 20)], 100)
    assert strip.places() == [(0.0, 300.0), (300.0, 200.0)]
    assert strip.about == "30 people, 20 machines of 100"
    assert Strip("Opened", [Part("people", 0)], 0).places() == [(0.0, 0.0)]
