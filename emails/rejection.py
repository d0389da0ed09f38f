"""Tells a sender, once a day, why their mail was not taken and what to do."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import Letter
from emails.template import Template
from models.db import by_id
from models.rejection import Reason, Rejection

_TEMPLATE = Template("rejection")

_WORDS = {
    Reason.UNKNOWN_ADDRESS: (
        "it did not come to an address that we know.",
        "Please answer one of our reminders with your mail program's reply button, so that the address stays whole.",
    ),
    Reason.LEFT: (
        "you are no longer in the team that asked.",
        "If that is not right, please ask somebody in the team to invite you again.",
    ),
    Reason.OBSERVER: (
        "you are an observer there: you read along, and do not answer.",
        "If that is not right, please ask somebody who manages it to make you a member.",
    ),
    Reason.EMPTY: (
        "there was nothing in it.",
        "Please write one thing a line, in the mail itself.",
    ),
    Reason.ONLY_FILES: (
        "it held only what was attached, and no words. The files are kept, but nobody is sent them.",
        "Please write in the mail itself what you got done, one thing a line.",
    ),
    Reason.ENCRYPTED: (
        "it is encrypted, and we cannot read it.",
        "Please answer without encryption.",
    ),
    Reason.TOO_OLD: (
        "it answers a question that is months old.",
        "Please answer our latest reminder instead.",
    ),
    Reason.NOTHING_FOUND: (
        "we found no words of yours in it, only what we had written ourselves.",
        "Please write above the quoted text, one thing a line.",
    ),
}


def rejections(tx: Session, ids: Iterable[int]) -> dict[int, Rejection]:
    return by_id(tx, Rejection, ids, joinedload(Rejection.inbound_email), joinedload(Rejection.workspace))


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
