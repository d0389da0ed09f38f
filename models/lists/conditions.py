"""What is asked of the contacts of a list, in few words: each that is said must hold."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from models.segments.conditions import (
    Attribute,
    Comparison,
    Condition,
    Everybody,
    Field,
    Not,
    Reference,
    Standing,
    Suppressed,
    Value,
    all_of,
    any_of,
)

NUMBER = r"-?[0-9]{1,18}([.][0-9]{1,18})?"


class Conditions(NamedTuple):
    words: str = ""  # in the name or the address
    domain: str = ""
    attribute: str = ""  # which has this value
    value: str = ""
    tag: str = ""
    publication: int | None = None
    subscribed: str = "yes"  # or no, to the publication
    suppressed: str = ""  # yes, no, or either

    def told(self) -> dict[str, Any]:
        """As it is stored: what says nothing is left out."""
        told = {name: value for name, value in self._asdict().items() if value}
        return {name: value for name, value in told.items() if name != "subscribed" or self.publication}

    def described(self, publications: Mapping[int, str]) -> str:
        """In words, with the names of publications by their ids."""
        paper = publications.get(self.publication or 0, "a newsletter that is gone")
        said = {
            f"“{self.words}” is in the name or the address": self.words,
            f"the address is at {self.domain}": self.domain,
            f"{self.attribute} is “{self.value}”": self.attribute,
            f"they are tagged “{self.tag}”": self.tag,
            f"they {'' if self.subscribed == 'yes' else 'do not '}subscribe to {paper}": self.publication,
            f"they are {'' if self.suppressed == 'yes' else 'not '}suppressed": self.suppressed,
        }
        return " and ".join(words for words, is_said in said.items() if is_said)

    @property
    def condition(self) -> Condition:
        """As segments have it."""
        return all_of(*self._parts()) if self.told() else Everybody()

    def _parts(self) -> Iterator[Condition]:
        if self.words:
            yield any_of(*(Field(name, Comparison("contains", self.words)) for name in ("name", "email")))
        if self.domain:
            yield Field("domain", Comparison("=", self.domain.lstrip("@")))
        if self.attribute:
            yield any_of(*(Attribute(self.attribute, Comparison("=", value)) for value in _read(self.value)))
        if self.tag:
            yield Field("tag", Comparison("=", self.tag))
        if self.publication:
            stands = Standing("subscribed", Reference(self.publication))
            yield stands if self.subscribed == "yes" else Not(stands)
        if self.suppressed:
            yield Suppressed() if self.suppressed == "yes" else Not(Suppressed())


def _read(text: str) -> Iterator[Value]:
    """What an attribute may be that somebody writes so: programs keep numbers, yes and no as what they are."""
    yield text
    if re.fullmatch(NUMBER, text):
        yield Decimal(text)
    if text in ("true", "false"):
        yield text == "true"
