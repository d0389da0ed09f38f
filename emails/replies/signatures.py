"""What ends the author's words without being an answer: signature, telephone's tagline, legal notice."""

from __future__ import annotations

import re

from emails.replies.addressees import names_in, signed_at
from emails.replies.banners import mark_banners
from emails.replies.cards import card_at, is_footer, is_name_plate
from emails.replies.closings import closing_at, reads_on
from emails.replies.lines import DISCLAIMER, SIGNATURE, TAGLINE, Line, is_bullet, runs
from emails.replies.notices import is_notice, notice_at
from emails.replies.taglines import is_tagline, is_unlisted_tagline

LONGEST = 40  # lines below `-- `
SHORTER = 12  # lines below `--`, `---`, `__` or a lone long dash, which people also draw between paragraphs
WINDOW = 16  # lines looked at from the end
ENDINGS = 12  # one below another: farewell, tagline, notices
_IMAGE = re.compile(
    r"\[(?:cid:|image:|inline image|logo|signature_)[^\]]{0,200}\]|<image\d{3}\.\w{3,4}>|!\[[^\]]{0,200}\]\(\S{0,500}\)"
)
_OPENERS = ("--", "-" * 18)  # the longer is QQ Mail's
_DASHES = frozenset({"--", "---", "—", "–", "__", "___", "- -", "----", "-----", "_____", "– –", "~~"})
_PLATED = frozenset({"-----", "---", "—", "–", "___", "----"})


def mark_signatures(lines: list[Line]) -> None:
    """Marks what ends each of the author's blocks; list items are never taken."""
    mark_banners(lines)
    names = names_in(lines)
    for start, end in list(runs(lines)):
        _mark_delimited(lines[start:end])
        _mark_idle_rule(lines[start:end], quoted=end < len(lines))
        _mark_endings(lines[start:end], names)


def _mark_delimited(block: list[Line]) -> None:
    """From the topmost `-- ` on, unless a list item or too many lines stand below it."""
    below, cut = 0, None
    for at in range(len(block) - 1, -1, -1):
        text = block[at].text
        if _divides(text) or text.strip() in _OPENERS or _is_bars(text):
            if _delimits(text, block, at, below):
                cut = at
        elif is_bullet(text) or block[at].fenced or below > LONGEST:
            break
        below += not block[at].blank
    if cut is not None:
        _mark(block[cut:], SIGNATURE)


def _mark_idle_rule(block: list[Line], quoted: bool) -> None:
    """A delimiter with nothing below it, or a rule with a quote below it."""
    last = next((line for line in reversed(block) if line.theirs and not line.blank), None)
    if last and not last.fenced and (last.text.strip() == "--" or (quoted and _divides(last.text))):
        last.kind = SIGNATURE


def _is_rule(text: str) -> bool:
    body = text.strip()
    return (len(body) >= 20 and not body.strip("_-=*")) or (len(body) >= 3 and not body.strip("—–━─═＿"))


def _divides(text: str) -> bool:
    return _is_rule(text) or text.strip() in _DASHES


def _is_bars(text: str) -> bool:
    """What a card's table becomes in NetEase's text."""
    return text.count("|") > 1 and not text.strip("| ")


def _delimits(text: str, block: list[Line], at: int, below: int) -> bool:
    """The delimiter of RFC 3676 needs no proof, a bare `--` no heading below it, other rules a footer."""
    if text.startswith("-- ") and text.strip() == "--":
        return below <= LONGEST
    if not 0 < below <= SHORTER:
        return False
    rest = [line.text for line in block[at + 1 :] if not line.blank]
    if text.strip() in _OPENERS:
        return not reads_on(rest) or is_footer(rest)
    if is_footer(rest) or is_notice(rest) or _ends_in_tagline(rest):
        return True
    return (text.strip() in _PLATED or _is_rule(text)) and is_name_plate(rest, alone=text.strip() in "—–")


def _ends_in_tagline(texts: list[str]) -> bool:
    told = [is_tagline(text) for text in texts[:3]]
    return len(texts) <= 3 and (told[-1] or (told[0] and all(text.strip().startswith("http") for text in texts[1:])))


def _mark_endings(block: list[Line], names: frozenset[str]) -> None:
    """Takes endings off one after another until the author's own words are last."""
    places = [at for at, line in enumerate(block) if line.theirs and not line.blank]
    for _ in range(ENDINGS):
        if not places or block[places[-1]].fenced:
            return
        window = places[-WINDOW:]
        texts, apart = [block[place].text for place in window], [block[place - 1].blank for place in window]
        kind, at = _ending(texts, apart, names)
        if kind is None:
            return
        _mark([block[place] for place in window[at:]], kind)
        del places[len(places) - len(window) + at :]


def _ending(texts: list[str], apart: list[bool], names: frozenset[str]) -> tuple[str | None, int]:
    alone = apart[-1] and len(texts) > 1 and is_unlisted_tagline(texts[-1])
    if alone or is_tagline(texts[-1]) or _IMAGE.fullmatch(texts[-1].strip()):
        return TAGLINE, len(texts) - 1
    notice = notice_at(texts, apart)
    if notice is not None:
        return DISCLAIMER, notice
    closing = closing_at(texts, apart)
    closing = card_at(texts, apart) if closing is None else closing
    closing = signed_at(texts, apart, names) if closing is None else closing
    return (SIGNATURE, closing) if closing is not None else (None, 0)


def _mark(lines: list[Line], kind: str) -> None:
    for line in lines:
        line.kind = line.kind or kind
