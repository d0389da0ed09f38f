"""Reads a text as a condition, or says where it stopped making sense and what was expected there."""

from functools import cache
from pathlib import Path

from lark import Lark, UnexpectedInput, UnexpectedToken

from models.segments.conditions import Condition, leaves
from models.segments.misread import Misread
from models.segments.reading import Reading, TooDeep

LONGEST = 2_000  # characters
MOST = 50  # conditions

_SHOWN = {
    "TEXT": "a text in quotation marks",
    "NUMBER": "a number",
    "DAY": "a day such as 2026-01-31",
    "TRUTH": "yes or no",
    "UNIT": "hours, days, weeks or months",
    "$END": "the end",
}
_BEGINS = "WORD"  # any condition may begin where an attribute's name may


def parse(text: str) -> Condition:
    """Raises `Misread`, whatever the text is."""
    _check(text)
    try:
        found: Condition = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as problem:
        raise _misread(text, problem) from None
    except TooDeep as problem:
        raise Misread(text, 0, str(problem)) from None
    except Misread as problem:
        raise Misread(text, problem.at, problem.said) from None
    if sum(1 for _ in leaves(found)) > MOST:
        raise Misread(text, 0, f"a segment may have {MOST} conditions, and these are more")
    return found


def _check(text: str) -> None:
    if len(text) > LONGEST:
        raise Misread(text, LONGEST, f"a segment may have {LONGEST:,} characters, and this goes on")
    odd = next((at for at, letter in enumerate(text) if letter == "\0" or "\ud800" <= letter <= "\udfff"), None)
    if odd is not None:
        raise Misread(text, odd, "there is a character here that no text may have")


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text()
    return Lark(grammar, parser="lalr", transformer=Reading())


def _misread(text: str, problem: UnexpectedInput) -> Misread:
    found = problem.token if isinstance(problem, UnexpectedToken) else ""
    at = len(text.rstrip()) if found == "" and isinstance(problem, UnexpectedToken) else problem.pos_in_stream or 0
    wanted = problem.accepts if isinstance(problem, UnexpectedToken) else problem.allowed  # type: ignore[attr-defined]
    return Misread(text, at, f"{_listed(set(wanted or ()))} was expected")


def _listed(names: set[str]) -> str:
    if _BEGINS in names:
        return 'a condition, such as tag = "vip",'
    shown = sorted({_SHOWN.get(name) or _word(name) for name in names})
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1] if shown else "something else")))


def _word(name: str) -> str:
    """As somebody would type it."""
    pattern = next(each.pattern for each in _parser().terminals if each.name == name)
    return f"“{pattern.value if pattern.type == 'str' else name.lower()}”"
