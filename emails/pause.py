"""Tells a workspace's owners and admins that a newsletter was stopped, why, and what to do."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.pause import Pause

_TEMPLATE = Template("pause")


def pauses(tx: Session, ids: Iterable[int]) -> dict[int, Pause]:
    whole = joinedload(Pause.publication), joinedload(Pause.workspace)
    return {each.id: each for each in tx.scalars(select(Pause).where(Pause.id.in_(ids)).options(*whole))}


def pause(each: Pause) -> Letter:
    letter = _TEMPLATE.fill(
        publication=each.publication.name,
        workspace=each.workspace.name,
        because=each.because,
        link=links.publication(each.workspace, each.publication_id),
    )
    return letter.addressed(headers=AUTOMATIC)
