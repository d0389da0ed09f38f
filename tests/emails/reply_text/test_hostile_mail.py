"""Mail written to keep a worker busy. The bound is wide, for slow machines; a rule that backtracks misses it by far."""

import time

import pytest

from bench.hostile import PAGES, TEXTS, filled
from emails.replies import intake
from emails.reply_text import extract

SECONDS = 2.0
ANCHORS = ["reply+1@in.example", "Postroom Daily", "What did you get done today?", "x" * 40]


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_costs_little(name):
    started = time.process_time()
    extract(filled(TEXTS[name]) + "x", anchors=ANCHORS)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_costs_little(name):
    started = time.process_time()
    extract(None, PAGES[name], anchors=ANCHORS)
    assert time.process_time() - started < SECONDS


def test_quotes_nested_300_deep_cost_little():
    started = time.process_time()
    extract("\n".join(">" * depth for depth in range(1, 300)))
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("unit", ["On \n", "a:\n", "> a\nb\n", "Best regards\nGrace\n", "--\nx\n", "From:\n"])
def test_four_times_the_mail_costs_about_four_times_as_much(unit):
    """Quadratic time would make it sixteen. The fastest of three runs counts, so that a busy machine does not."""
    small, large = (min(_cost(unit * count) for _ in range(3)) for count in (2_000, 8_000))
    assert large < 9 * small + 0.02


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_as_long_as_is_read_costs_little(name):
    """The limits of characters and lines bound the time, whatever the lines hold."""
    started = time.process_time()
    extract(filled(TEXTS[name], intake.TEXT_LIMIT), anchors=ANCHORS)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "unit", ["<li>x", "<p>x</p>", "<br>", "<p class='a b c'>", "<td>x", "&amp;", "x ", "<b>", "<a href=x>y</a>"]
)
def test_a_page_as_long_as_is_read_costs_little(unit):
    started = time.process_time()
    extract(None, filled(unit, intake.HTML_LIMIT), anchors=ANCHORS)
    assert time.process_time() - started < SECONDS


def _cost(text: str) -> float:
    started = time.process_time()
    extract(text)
    return time.process_time() - started
