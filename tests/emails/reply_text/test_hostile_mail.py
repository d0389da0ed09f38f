"""Mail written to keep a worker busy. The bound is wide, for slow machines; a rule that backtracks misses it by far."""

import time

import pytest

from emails.reply_text import extract

SIZE = 64 * 1024
SECONDS = 2.0


def _filled(unit: str) -> str:
    return (unit * (SIZE // len(unit) + 1))[:SIZE]


TEXTS = {
    "blank lines": "\n",
    "carriage returns": "\r",
    "spaces": " ",
    "lines of spaces": "   \n",
    "tabs": "\t",
    "dashes": "-",
    "lines of dashes": "--\n",
    "signature delimiters": "-- \n",
    "lines that begin with On": "On \n",
    "lines that begin with On and a date": "On 1 May 2024\n",
    "one line of On": "On ",
    "wrote": "wrote:\n",
    "colons": ":\n",
    "quote marks in a line": ">",
    "quote marks in lines": ">\n",
    "answers between quotes": "> a\nb\n",
    "labels": "From: x\n",
    "labels without values": "From:\n\n",
    "letters before colons": "a:\n",
    "recipients": "a@b.example, \n",
    "addresses begun": "<a@b",
    "at signs": "@",
    "digits": "1",
    "numbers": "1.",
    "dates": "1 . 2 ",
    "long lines below the limit of a header": "x" * 399 + ":\n",
    "headers": "On 1 May 2024, A <a@b.example> wrote:\n",
    "headers and quotes": "On 1 May 2024, A <a@b.example> wrote:\n> x\nyes\n",
    "taglines": "Sent from my iPhone\n",
    "farewells": "Best regards\nGrace\n",
    "notices": "This email is confidential and meant only for you.\n",
    "drawn rules": "_" * 32 + "\n",
    "original messages": "-----Original Message-----\n",
    "joiners": "\u200d",
    "piled marks": "\u0300\u0316",
    "flowed paragraphs": "x" * 70 + " \n",
    "link beginnings": "http://",
    "images": "[cid:",
    "list items": "- a\n",
    "less-than signs": "<",
    "NULs": "\0",
    "line separators": "\u2028",
}
PAGES = {
    "divisions, 30,000 deep": "<div>" * 30_000,
    "divisions, 20,000 deep and closed": "<div>" * 20_000 + "</div>" * 20_000,
    "divisions closed as something else": "<div>" * 20_000 + "</span>" * 20_000,
    "blockquotes, 20,000 deep": "<blockquote>" * 20_000,
    "lists, 20,000 deep": "<ul><li>" * 20_000,
    "cells in one row": "<table><tr>" + _filled("<td>x"),
    "tables, 10,000 deep": "<table><tr><td>" * 10_000,
    "quotes in quotes": '<div class="gmail_quote"><blockquote>x</blockquote>' * 6_000,
    "bold never closed": "<b><div>" * 10_000 + "</b>" * 10_000,
    "less-than signs": _filled("<"),
    "declarations begun": _filled("<!"),
    "comments begun": _filled("<!-- >"),
    "styles begun": _filled("<style>"),
    "quotes never closed": _filled('<a "'),
    "quotes never closed in tags": _filled('<a ">'),
    "attributes": "<a " + _filled("b ") + ">",
    "an attribute and spaces": "<a b" + _filled(" ") + "c>",
    "attributes without values": "<a " + _filled("b=") + ">",
    "ampersands": _filled("&"),
    "a number too long to be a character": "&#" + _filled("9") + ";",
    "a style of nothing but beginnings": '<p style="' + _filled("display : ") + '">x',
    "preformatted blank lines": "<pre>" + _filled(" \n"),
    "spaces": "<p>" + _filled(" ") + "x",
}
ANCHORS = ["reply+1@in.example", "Postroom Daily", "What did you get done today?", "x" * 40]


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_costs_little(name):
    started = time.process_time()
    extract(_filled(TEXTS[name]) + "x", anchors=ANCHORS)
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


def _cost(text: str) -> float:
    started = time.process_time()
    extract(text)
    return time.process_time() - started
