"""Which lines are an older mail: `>` lines, what stands below a header, what repeats our own letter."""

from __future__ import annotations

from collections.abc import Sequence

from emails.replies.anchors import Anchors
from emails.replies.attributions import Head, attributions
from emails.replies.blocks import block_at, is_drawn, marked_head, rule_at
from emails.replies.clues import clues
from emails.replies.lines import FORWARDED, MARKER, QUOTE, QUOTE_HEADER, Line, is_bullet
from emails.replies.prefixes import mark_prefixed, mark_spills
from emails.replies.stacks import stack_at

_DRAWN = {"original": QUOTE_HEADER, "forwarded": FORWARDED, "marker": MARKER}
_PREFIXES = ("|", "»", "}", ":", "＞")


def mark_quotes(lines: list[Line], anchors: Sequence[str] = ()) -> None:
    """Gives every quoted line its kind; what was only swallowed for its place below an unsure header is `held`."""
    mark_prefixed(lines)
    _Sweep(lines, Anchors(anchors, lines)).run()
    mark_spills(lines)


class _Sweep:
    """One pass from the top, deciding at each header what below it is the quote."""

    def __init__(self, lines: list[Line], anchors: Anchors) -> None:
        self.lines = lines
        self.anchors = anchors
        self.attributions = attributions(lines)
        self.unproven = -1  # last line of the labels that are no header
        self.said = False  # has the author said a word above

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            head = self._head_at(at) if line.theirs and not line.blank and not line.fenced else None
            if head:
                at = self._pass(at, head)
            elif line.kind == QUOTE and line.text.startswith(">"):
                at = self._past_marked(at)
            else:
                self.said = self.said or (line.theirs and not line.blank)
                at += 1

    def _past_marked(self, at: int) -> int:
        """Past a box that begins with a marked line, or past a marked one; a marked header heads what is not marked."""
        if self.lines[at].boxed:
            return self._past_box(at)
        end = marked_head(self.lines, at) if self.said and (not at or self.lines[at - 1].kind != QUOTE) else None
        if end is None or self._next_line(end) >= len(self.lines) or not self.lines[self._next_line(end)].theirs:
            return at + 1
        return self._swallow(end + 1, Head(end, QUOTE_HEADER, True, final=True))

    def _head_at(self, at: int) -> Head | None:
        drawn = rule_at(self.lines, at)
        if drawn in _DRAWN:
            return Head(at, _DRAWN[drawn], True, final=drawn != "marker")
        if drawn == "rule":
            return self._head_below(at)
        stacked = stack_at(self.lines, at)
        if stacked is not None:
            return Head(stacked, QUOTE_HEADER, True, final=True)
        titled = self._block_below(at) if drawn else None
        return titled or self._block_at(at) or self._anchor_at(at) or self._attribution_at(at)

    def _block_at(self, at: int) -> Head | None:
        """A header block; labels that once proved to be none are not read again from each of their lines."""
        if at <= self.unproven and not self.anchors:
            return None
        block = block_at(self.lines, at, anchored=self._is_anchored(at))
        if block and block.proven:
            return Head(block.end, QUOTE_HEADER, block.sure, final=block.sure)
        self.unproven = block.end if block else self.unproven
        return None

    def _head_below(self, at: int) -> Head | None:
        """A drawn rule belongs to the header below it, if there is one."""
        below = self._next_line(at)
        if below - at > 3 or below >= len(self.lines) or not self.lines[below].theirs:
            return None
        return self._head_at(below) if rule_at(self.lines, below) != "rule" else None

    def _block_below(self, at: int) -> Head | None:
        """Whatever a program draws right above a header block, it heads it."""
        below = self._next_line(at)
        near = below - at <= 3 and below < len(self.lines) and self.lines[below].theirs
        return self._block_at(below) if near else None

    def _is_anchored(self, at: int) -> bool:
        return bool(self.anchors) and any(near in self.anchors.lines for near in range(at, at + 4))

    def _anchor_at(self, at: int) -> Head | None:
        """An anchor here, or in the lines below that a header starting here would reach."""
        for first in range(at, at + 3 if self.anchors else at):
            if first in self.anchors.ends and (first == at or self._leads_to(at, first)):
                end = self.anchors.ends[first]
                return Head(max(end, self._header_end(first)), QUOTE_HEADER, True)
            if first not in range(len(self.lines)) or self.lines[first].blank:
                return None
        return None

    def _leads_to(self, at: int, first: int) -> bool:
        """Do these lines above an anchor belong to its header: dated or opening like one, and no list item."""
        if is_bullet(self.lines[at].text) or "@" in self.lines[at].text:
            return False
        seen = clues(self.lines[at].text)
        return (seen.dated or seen.opens) and not clues(self.lines[first].text).dated

    def _header_end(self, first: int) -> int:
        """The header goes on to its colon, at most two lines further."""
        for end in range(first, min(first + 3, len(self.lines))):
            if self.lines[end].blank or (end > first and is_bullet(self.lines[end].text)):
                return first
            if self.lines[end].text.rstrip(" *_").endswith((":", "：")):
                return end
        return first

    def _attribution_at(self, at: int) -> Head | None:
        found = self.attributions.get(at)
        return Head(found[0], QUOTE_HEADER, found[1]) if found else None

    def _pass(self, start: int, head: Head) -> int:
        """Marks a header and what it heads; answers the line to go on from."""
        start -= head.kind == MARKER and start > 0 and is_drawn(self.lines[start - 1].text)
        for line in self.lines[start : head.end + 1]:
            line.kind = line.kind or head.kind
        below = self._next_line(head.end)
        if below >= len(self.lines):
            return below
        if self._is_quoted(below) and not (head.final and self.said and self.lines[below].theirs):
            return self._past_box(below)
        if (not head.final or self._is_headed_again(head, below)) and self._head_at(below):
            return below
        if not head.final and not self.said and self._quotes_follow(below):
            return below
        return self._swallow(below, head)

    def _is_headed_again(self, head: Head, below: int) -> bool:
        """A drawn line's header block, with nothing said above it and marked quotes below: answers stand there."""
        return not self.said and head.kind == QUOTE_HEADER and self._quotes_follow(below)

    def _next_line(self, at: int) -> int:
        at += 1
        while at < len(self.lines) and self.lines[at].blank:
            at += 1
        return at

    def _is_quoted(self, at: int) -> bool:
        line = self.lines[at]
        return line.kind == QUOTE or line.boxed or line.text.lstrip().startswith(_PREFIXES)

    def _past_box(self, at: int) -> int:
        """Claims the box or the run of oddly prefixed lines a header stands above."""
        prefix = self.lines[at].text.lstrip()[:1]
        boxed = self.lines[at].boxed
        for line in self.lines[at:]:
            alike = line.blank or line.boxed if boxed else line.kind or line.text.lstrip()[:1] == prefix
            if not alike:
                break
            line.kind = line.kind or QUOTE
            at += 1
        return at

    def _quotes_follow(self, at: int) -> bool:
        return any(line.kind == QUOTE for line in self.lines[at:])

    def _swallow(self, below: int, head: Head) -> int:
        """Everything below an unmarked quote's header is that quote, as all programs that quote so answer on top."""
        kind = FORWARDED if head.kind == FORWARDED else QUOTE
        known = bool(self.anchors)
        last = max(self.anchors.lines, default=-1)
        for at in range(below, len(self.lines)):
            line = self.lines[at]
            line.held = line.theirs and self._may_be_answer(at, last, known, head)
            line.kind = line.kind or kind
        return len(self.lines)

    def _may_be_answer(self, at: int, last: int, known: bool, head: Head) -> bool:
        """With nothing said above, words below may be the answer: if ours are known, those amid and below ours."""
        if self.said or head.final or at in self.anchors.lines:
            return False
        return not known or last > head.end
