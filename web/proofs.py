"""How an edition will look, as if to the person who asks."""

import logging
from typing import NamedTuple

from emails.edition import Copy
from emails.edition import edition as composed
from emails.letter import Letter
from models.edition import Edition
from web.visitor import visitor

log = logging.getLogger(__name__)

GMAIL_CUTS_AT = 102_000  # bytes of HTML, and with the rest goes the way to unsubscribe


class Proof(NamedTuple):
    letter: Letter | None
    problem: str = ""

    @property
    def is_cut(self) -> bool:
        return bool(self.letter and len(str(self.letter.html).encode()) > GMAIL_CUTS_AT)


def proof(edition: Edition) -> Proof:
    """Whatever an edition says, asking how it looks never fails."""
    try:
        return Proof(composed(Copy(edition, 0, visitor.user.display_name, visitor.user.email)))
    except Exception as problem:
        log.info("edition %s cannot be composed", edition.id, exc_info=True)
        return Proof(None, f"{type(problem).__name__}: {problem}")
