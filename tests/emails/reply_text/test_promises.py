"""What holds for any mail at all: nothing is lost, nothing is invented, nothing is raised."""

import re
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from emails.replies import intake
from emails.reply_text import VERSION, extract
from tests.emails.reply_text.cases import cases

LINES = st.sampled_from(
    [line for case in cases() for line in case.parts.get("mail", "").split("\n")]
    + ["", "-- ", "--", "> quoted", ">> twice", "- item", "From: x", "On 1 May", "wrote:", "Thanks,", "Grace", "\u200b"]
)
MAILS = st.lists(LINES, max_size=30).map("\n".join) | st.text(max_size=400)
TAGS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<ul>",
            "<li>",
            "</ul>",
            "<br>",
            "<b>",
            "</b>",
            "<pre>",
            "</pre>",
            "<style>",
        ),
        *("<table>", "<tr>", "<td>", "</table>", "<blockquote>", "</blockquote>", "<!--", "-->", "<", ">", "&", "</a>"),
        *('<div class="gmail_quote">', '<blockquote type="cite">', '<div id="Signature">', '<a href="x:y">'),
    ]
)
PAGES = st.lists(TAGS | st.text(string.ascii_letters + " &<>\"'\n", max_size=20), max_size=40).map("".join)
WORDS = st.text("abcdefgh äöüш語 ", min_size=6, max_size=30).filter(lambda text: len(text.split()) > 1)
ANCHORS = st.lists(
    st.sampled_from(["reply+1@in.example", "Postroom", "What did you get done today?"]) | st.text(max_size=20)
)


def _words(text: str) -> list[str]:
    """Lines without what unfolding may change: their spaces."""
    return ["".join(line.split()) for line in text.split("\n") if line.split()]


def _read(mail: str) -> str:
    return "\n".join(line.text for line in intake.lines(intake.clean(mail)))


@given(MAILS, ANCHORS)
@settings(max_examples=150, deadline=None)
def test_every_line_is_in_the_answer_or_among_what_was_cut(mail, anchors):
    reply = extract(mail, anchors=anchors)
    kept = [*_words(reply.text), *(word for piece in reply.elided for word in _words(piece.text))]
    assert sorted(kept) == sorted(_words(_read(mail)))


@given(MAILS, ANCHORS)
@settings(max_examples=100, deadline=None)
def test_no_line_is_invented_and_their_order_is_kept(mail, anchors):
    there = iter(_words(_read(mail)))
    assert all(line in there for line in _words(extract(mail, anchors=anchors).text_with_signature))


@given(MAILS)
@settings(max_examples=100, deadline=None)
def test_an_answer_read_again_keeps_every_line_it_is_sure_of(mail):
    once = extract(mail)
    again = extract(once.text)
    assert set(_words(again.text)) <= set(_words(once.text))


@given(st.lists(WORDS, min_size=1, max_size=12), MAILS, ANCHORS)
@settings(max_examples=150, deadline=None)
def test_words_that_no_program_writes_never_vanish_without_doubt(words, below, anchors):
    """Above whatever else a mail holds, some of a person's own words are in the answer, or it is doubted.

    Words that repeat an anchor are what Postroom wrote, not the person's.
    """
    own = {"".join(text.split()).casefold() for text in words}
    anchors = [anchor for anchor in anchors if "".join(anchor.split()).casefold() not in own]
    reply = extract("\n".join([*words, "", below]), anchors=anchors)
    assert reply.text or not reply.confident


@given(MAILS, ANCHORS)
@settings(max_examples=150, deadline=None)
def test_an_empty_answer_means_that_nothing_was_unquoted_and_unsaid(mail, anchors):
    reply = extract(mail, anchors=anchors)
    kinds = {piece.kind for piece in reply.elided}
    assert reply.text or not kinds & {"signature", "disclaimer"}


@given(PAGES, ANCHORS)
@settings(max_examples=150, deadline=None)
def test_any_page_is_read_and_no_word_is_invented(page, anchors):
    reply = extract(None, page, anchors=anchors)
    source = set(re.sub(r"\s", "", page)) | set("-.0123456789()&")
    assert set("".join(_words(reply.text))) <= source


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_the_parts_hold_nothing_is_raised(text, html):
    assert isinstance(extract(text, html).text, str)


def test_an_answer_of_every_labelled_case_is_not_cut_again():
    shrunk = [case.name for case in cases() if case.sure and extract(case.answer).text != case.answer.strip("\n")]
    assert shrunk == []


def test_cut_pieces_say_what_they_are():
    mail = (
        "Done.\n\nBest regards,\nGrace\n\nSent from my iPhone\n\nOn 1 May 2024, Ada <ada@x.example> wrote:\n> What?\n"
    )
    kinds = [(piece.kind, piece.text) for piece in extract(mail).elided]
    assert kinds == [
        ("signature", "Best regards,\nGrace"),
        ("tagline", "Sent from my iPhone"),
        ("quote_header", "On 1 May 2024, Ada <ada@x.example> wrote:"),
        ("quote", "> What?"),
    ]


def test_the_signature_is_kept_apart():
    assert extract("Done.\n-- \nGrace\n> quote").text_with_signature == "Done.\n--\nGrace"


def test_what_lies_beyond_the_limit_is_cut_and_doubted():
    reply = extract("done\n" * 60_000)
    assert not reply.confident
    assert reply.elided[-1].kind == "overflow"
    assert reply.text.count("done") + reply.elided[-1].text.count("done") == 60_000


def test_a_page_beyond_the_limit_is_cut_and_doubted():
    reply = extract(None, "<p>done</p>" * 120_000)
    assert (reply.confident, reply.elided[-1].kind) == (False, "overflow")


def test_the_version_is_a_whole_number():
    assert isinstance(VERSION, int)


def test_nothing_at_all_is_an_empty_answer():
    assert (extract(None).text, extract("", "").text, extract(None, None).elided) == ("", "", ())
