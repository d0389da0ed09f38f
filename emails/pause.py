"""Tells a workspace's owners and admins that a newsletter was stopped, why, and what to do."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.db import by_id
from models.pause import Pause

_TEMPLATE = Template("pause")


def pauses(tx: Session, ids: Iterable[int]) -> dict[int, Pause]:
    return by_id(tx, Pause, ids, joinedload(Pause.publication), joinedload(Pause.workspace))


def pause(each: Pause) -> Letter:
    letter = _TEMPLATE.fill(
        publication=each.publication.name,
        workspace=each.workspace.name,
        because=each.because,
        link=links.publication(each.workspace, each.publication_id),
    )
    return letter.addressed(headers=AUTOMATIC)
