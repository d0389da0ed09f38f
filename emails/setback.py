"""Tells whoever scheduled an edition that it could not be sent, why, and what to do."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.db import by_id
from models.setback import Setback

_TEMPLATE = Template("setback")


def setbacks(tx: Session, ids: Iterable[int]) -> dict[int, Setback]:
    return by_id(tx, Setback, ids, joinedload(Setback.edition), joinedload(Setback.workspace))


def setback(each: Setback) -> Letter:
    letter = _TEMPLATE.fill(
        subject=each.edition.subject,
        workspace=each.workspace.name,
        because=each.because,
        link=links.edition(each.workspace, each.edition_id),
    )
    return letter.addressed(headers=AUTOMATIC)
