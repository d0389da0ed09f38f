"""An HTML tree as the lines a browser would show, each knowing what its element was marked as."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emails.replies import clients
from emails.replies.lines import AUTHOR, QUOTE, Line
from emails.replies.markup import BLOCKS, Node

DEEPEST = 12  # levels of lists that are still indented

_WHITE = re.compile("[ \t\n\r\f]+")
_SPACED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl", "figure"))
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_FRAMING = _LISTS | {"blockquote", "pre", "signature"}
_CELLS = frozenset(("td", "th"))
_LEVEL = re.compile(r"mso-list:[^;]{0,40}?level(\d)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s?ignore", re.IGNORECASE)
_NUMERAL = re.compile("[0-9]{1,4}")
_TIGHT = re.compile(r"margin(?:-top|-bottom)?\s*:\s*0", re.IGNORECASE)
_SILENT = ("#", "javascript:", "tel:", "cid:", "data:", "about:", "x-apple-data", "file:")


@dataclass(frozen=True, slots=True)
class Frame:
    """What an element hands down to those inside it."""

    kind: str = AUTHOR
    boxed: bool = False
    pre: bool = False
    depth: int = 0


class Page:
    """Writes lines. Elements wait on a stack of our own: nesting costs memory, never recursion."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.links: list[tuple[int, int]] = []  # where each open link began: line, part
        self.frame = Frame()  # of the line being written
        self.numbers: dict[int, str] = {}  # of the items of numbered lists
        self.bullet = ""
        self.gap = False  # a paragraph's margin is due before the next line
        self.rest = AUTHOR  # what all is from here on, once a divider has passed

    def write(self, root: Node) -> list[Line]:
        stack: list[tuple[Node, Frame, bool]] = [(root, Frame(), False)]
        while stack:
            node, frame, leaving = stack.pop()
            if leaving:
                self._leave(node, frame)
            elif not node.tag:
                self._text(node.text, frame)
            elif not clients.is_hidden(node):
                stack.extend(self._enter(node, frame))
        self._end_line()
        return self.lines

    def _enter(self, node: Node, frame: Frame) -> list[tuple[Node, Frame, bool]]:
        """Begins an element; what waits for it, last first: its children, then leaving it."""
        if clients.divides(node):
            self._end_line()
            self.rest = QUOTE
        if node.tag == "br":
            self._break(frame)
            return []
        if node.attributes and _IGNORED.search(node.get("style")[:400]):
            self._number(node)
            return []
        inner = _framed(node, frame)
        self._begin(node, inner)
        return [(node, frame, True), *((child, held, False) for child, held in reversed(_handed(node, inner, frame)))]

    def _begin(self, node: Node, inner: Frame) -> None:
        if node.tag in _CELLS and self.parts:
            self.parts.append("\t")
        elif node.tag in BLOCKS:
            self._end_line()
            self.gap = self.gap or _is_spaced(node, inner)
        if node.tag in {"li", "ol", "p"}:
            self._list(node, inner)
        elif node.tag == "a":
            self.links.append((len(self.lines), len(self.parts)))
        elif node.tag == "img":
            self._text(_emoji(node.get("alt")), inner)

    def _list(self, node: Node, inner: Frame) -> None:
        if node.tag == "ol":
            first = int(node.get("start")) if _NUMERAL.fullmatch(node.get("start")) else 1
            for number, item in enumerate((child for child in node.children if child.tag == "li"), first):
                self.numbers[id(item)] = f"{number}. "
        elif node.tag == "li":
            self.bullet = "  " * max(inner.depth - 1, 0) + self.numbers.get(id(node), "- ")
        elif level := _LEVEL.search(node.get("style")[:400]):
            self.bullet = "  " * (int(level[1]) - 1) + "- "

    def _number(self, node: Node) -> None:
        """Word writes a list item's bullet or number out, as text."""
        written = node.written()
        if written[:1].isalnum() and written.endswith((".", ")")):
            self.bullet = self.bullet.replace("-", written)

    def _leave(self, node: Node, outer: Frame) -> None:
        if node.tag == "a" and self.links:
            self._link(node, *self.links.pop())
        if node.tag in BLOCKS and node.tag not in _CELLS:
            self._end_line()
            self.gap = self.gap or _is_spaced(node, outer)
            self.bullet = ""

    def _link(self, node: Node, line: int, part: int) -> None:
        """`text (url)`, unless the text says it already."""
        url = _WHITE.sub("", node.get("href")).removeprefix("mailto:").partition("?subject=")[0]
        shown = "".join(self.parts[part:]) if line == len(self.lines) else ""
        if shown.strip() and url and not url.startswith(_SILENT) and _bare(url) not in _bare(shown):
            self.parts.append(f" ({url})")

    def _text(self, text: str, frame: Frame) -> None:
        if not frame.pre:
            self._add(_WHITE.sub(" ", text), frame)
            return
        for number, row in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self._break(frame)
            self._add(row, frame)

    def _add(self, text: str, frame: Frame) -> None:
        if self.parts and frame.kind != self.frame.kind:
            self._push()
        if self.parts or (text if frame.pre else text.strip(" ")):
            self.parts.append(text)
            self.frame = frame

    def _break(self, frame: Frame) -> None:
        if not self.parts:
            self.frame = frame
        self._push()

    def _end_line(self) -> None:
        if self.parts:
            self._push()

    def _push(self) -> None:
        text = "".join(self.parts)
        if not self.frame.pre:
            text = _stripped(_WHITE.sub(lambda run: "\t" if "\t" in run[0] else " ", text))
        kind = self.frame.kind or self.rest
        if self.gap and text and self.lines and self.lines[-1].text:
            self.lines.append(Line("", kind if self.lines[-1].kind == kind else AUTHOR, self.frame.boxed))
        if text:
            text, self.bullet, self.gap = self.bullet + text, "", False
        self.lines.append(Line(text, kind, self.frame.boxed))
        self.parts = []


def _framed(node: Node, frame: Frame) -> Frame:
    if not node.attributes and node.tag not in _FRAMING:
        return frame
    return Frame(
        kind=frame.kind or clients.kind_of(node),
        boxed=frame.boxed or node.tag == "blockquote",
        pre=frame.pre or node.tag == "pre" or "white-space:pre" in node.get("style")[:400].replace(" ", ""),
        depth=min(frame.depth + (node.tag in _LISTS), DEEPEST),
    )


def _handed(node: Node, inner: Frame, outer: Frame) -> list[tuple[Node, Frame]]:
    """Children with their frames: in a quote's container, what stands below the quote is as it was outside."""
    if inner.kind != QUOTE or outer.kind or not clients.is_container(node):
        return [(child, inner) for child in node.children]
    boxes = {n for n, child in enumerate(node.children) if clients.holds_blockquote(child)}
    first = min(boxes)
    return [(child, inner if n <= first or n in boxes else outer) for n, child in enumerate(node.children)]


def _stripped(text: str) -> str:
    """Without the white space at its edges; a signature's `-- ` keeps one space."""
    bare = text.strip(" \t").rstrip("\xa0")
    return "-- " if bare == "--" and text[-1] != "-" else bare


def _is_spaced(node: Node, frame: Frame) -> bool:
    """Paragraphs stand apart, but Outlook's are lines, and those in a list are its items."""
    if node.tag not in _SPACED or frame.depth:
        return False
    return not (node.get("class").startswith(("Mso", "x_Mso")) or _TIGHT.search(node.get("style")[:400]))


def _emoji(alt: str) -> str:
    return alt if 0 < len(alt) <= 8 and not alt.isascii() and not any(map(str.isalpha, alt)) else ""


def _bare(text: str) -> str:
    low = text.strip().casefold().rstrip("/")
    return low.removeprefix("https://").removeprefix("http://").removeprefix("www.")
