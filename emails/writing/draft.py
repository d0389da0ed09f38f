"""What somebody wrote, and the letter it makes."""

from enum import StrEnum
from typing import NamedTuple

LONGEST = 200_000  # characters of a body; Gmail cuts a mail off at half of that


class Format(StrEnum):
    MARKDOWN = "markdown"
    HTML = "html"
    MJML = "mjml"


class Draft(NamedTuple):
    """`plain` is the text part in the author's own words; blank means that it is made from the body."""

    subject: str
    body: str
    format: str = Format.MARKDOWN
    preheader: str = ""
    plain: str = ""


class Parts(NamedTuple):
    """A letter that is ready to be filled in for each reader: fields stand in it as `{{ name }}`."""

    subject: str
    html: str
    text: str


class Unwritable(ValueError):
    """A draft that makes no letter; says which part of it is wrong, and why, in a sentence."""

    retry = False

    def __init__(self, part: str, words: str):
        super().__init__(words)
        self.part = part
