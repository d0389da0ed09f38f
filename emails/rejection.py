"""Tells a sender, once a day, why their mail was not taken and what to do."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import Letter
from emails.template import Template
from models.rejection import Reason, Rejection

_TEMPLATE = Template("rejection")

_WORDS = {
    Reason.UNKNOWN_ADDRESS: (
        "it did not come to an address that we know.",
        "Please answer one of our reminders with your mail program's reply button, so that the address stays whole.",
    ),
    Reason.OTHER_SENDER: (
        "it came from another address than the one we asked.",
        "Please answer from the address that our reminder was sent to.",
    ),
    Reason.LEFT: (
        "you are no longer in the team that asked.",
        "If that is not right, please ask somebody in the team to invite you again.",
    ),
    Reason.NOTHING_FOUND: (
        "we found no words of yours in it, only what we had written ourselves.",
        "Please write above the quoted text, one thing a line.",
    ),
}


def rejections(tx: Session, ids: Iterable[int]) -> dict[int, Rejection]:
    found = select(Rejection).where(Rejection.id.in_(ids))
    found = found.options(joinedload(Rejection.inbound_email), joinedload(Rejection.workspace))
    return {each.id: each for each in tx.scalars(found)}


def rejection(each: Rejection) -> Letter:
    what, how = _WORDS[Reason(each.reason)]
    letter = _TEMPLATE.fill(
        subject=each.inbound_email.subject or "without a subject",
        what=what,
        how=how,
        workspace=each.workspace.name,
        link=links.home(each.workspace),
    )
    return letter.addressed(headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"})
