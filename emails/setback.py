"""Tells whoever scheduled an edition that it could not be sent, why, and what to do."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.setback import Setback

_TEMPLATE = Template("setback")


def setbacks(tx: Session, ids: Iterable[int]) -> dict[int, Setback]:
    whole = joinedload(Setback.edition), joinedload(Setback.workspace)
    return {each.id: each for each in tx.scalars(select(Setback).where(Setback.id.in_(ids)).options(*whole))}


def setback(each: Setback) -> Letter:
    letter = _TEMPLATE.fill(
        subject=each.edition.subject,
        workspace=each.workspace.name,
        because=each.because,
        link=links.edition(each.workspace, each.edition_id),
    )
    return letter.addressed(headers=AUTOMATIC)
