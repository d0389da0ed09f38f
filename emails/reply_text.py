"""What a person wrote in reply to a mail, without the mail they replied to.

    reply = extract(text, html, anchors=["reply+3f9c@in.example.org", "What did you get done today?"])
    reply.text                  # "Shipped the importer\n- with a receipt per row"
    reply.text_with_signature   # the same, with "-- \nAda"
    reply.elided                # (Piece(kind="quote_header", text="On … wrote:"), Piece(kind="quote", text="> …"))
    reply.confident             # False where a person should look

Pure: no input, no output, no clock. Time grows linearly with the input, whatever it is. Nothing is lost: every line
that is not blank is in `text` or in `elided`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emails.replies import intake, pages
from emails.replies.addressees import mark_spoken_delimiters
from emails.replies.armour import mark_armour
from emails.replies.lines import AUTHOR, DISCLAIMER, OVERFLOW, SIGNATURE, SIGNED, Line, Piece, pieces, words
from emails.replies.quotes import mark_quotes
from emails.replies.signatures import mark_signatures

VERSION = 6  # goes up with every change of what is cut, so that stored answers can be read again

__all__ = ["VERSION", "Piece", "Reply", "extract", "shown"]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `elided` holds what was cut, in the order of the mail.

    Kinds: quote, quote_header, signature, tagline, disclaimer, forwarded, marker, and overflow for what lay beyond the
    limits (256 Ki characters or 10,000 lines of text, 1 Mi characters or 10,000 tags of HTML).
    """

    text: str
    text_with_signature: str
    elided: tuple[Piece, ...]
    confident: bool


def extract(text: str | None, html: str | None = None, *, anchors: Sequence[str] = ()) -> Reply:
    """The answer in a mail's text part or, where that says nothing, in its HTML part. Never raises.

    `anchors` are strings of the mail that was answered (reply address, From name, marker line, lines of its body):
    where one turns up, the quote begins, in whatever language the mail program speaks.
    """
    plain = _from_text(text or "", anchors)
    if not html or not html.strip() or not (pages.says_little(text or "", html) or not plain.text):
        return plain
    page = _from_html(html, anchors)
    return page if page.text or not plain.text else plain


def shown(html: str) -> str:
    """What a browser shows of an HTML part, the older mail included, in the lines that `extract` reads."""
    return "\n".join(line.text for line in _page(html)[0])


def _from_text(text: str, anchors: Sequence[str]) -> Reply:
    if pages.is_markup(text):
        return _from_html(text, anchors)
    read, beyond = intake.split(text, intake.TEXT_LIMIT)
    first, rest = intake.split_after(intake.clean(read), "\n", intake.MOST_LINES)
    return _reply(intake.lines(first), anchors, rest + beyond)


def _from_html(html: str, anchors: Sequence[str]) -> Reply:
    page, beyond = _page(html)
    return _reply(page, anchors, beyond)


def _page(html: str) -> tuple[list[Line], str]:
    read, beyond = intake.split(html, intake.HTML_LIMIT)
    tagged, rest = intake.split_after(read, "<", intake.MOST_TAGS)
    first, others = intake.split_after(tagged, "&", intake.MOST_ENTITIES)
    return pages.lines(first), others + rest + beyond


def _reply(lines: list[Line], anchors: Sequence[str], beyond: str) -> Reply:
    mark_armour(lines)
    mark_quotes(lines, anchors)
    mark_spoken_delimiters(lines)
    mark_signatures(lines)
    certain = not beyond.strip() and not any(line.held for line in lines)
    text = words(lines)
    if not text and _give_back(lines):
        text, certain = words(lines), False
    cut = pieces(lines) + ((Piece(OVERFLOW, beyond),) if beyond.strip() else ())
    return Reply(text, words(lines, (AUTHOR, *SIGNED)), cut, certain)


def _give_back(lines: list[Line]) -> bool:
    """Where nothing is left, the words that were cut for no better reason than their place are the answer after all."""
    doubted = [line for line in lines if not line.blank and (line.held or line.kind in {SIGNATURE, DISCLAIMER})]
    for line in doubted:
        line.kind = AUTHOR
    return bool(doubted)
