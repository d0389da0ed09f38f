"""An edition as a test: what its readers would get, to those who want to see it first, and marked as such."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session, joinedload

from emails.edition import Copy, edition, managed_streams
from emails.letter import Letter
from emails.writing import drafts
from models.db import by_id
from models.edition import Edition
from models.publication import Publication
from models.revision import Revision
from models.sending import Claimed
from models.trial import Trial

MARK = "[Test]"


class Look(NamedTuple):
    """One test, and the draft as it is now."""

    trial: Trial
    latest: Revision
    recipient: str
    is_managed: bool = False  # whether Postmark manages who unsubscribes

    @property
    def reader(self) -> tuple[str, str, Mapping[str, Any]]:
        """Name, address and attributes: a subscriber's, where one was chosen."""
        contact, user = self.trial.contact, self.trial.user
        if contact:
            return contact.name, contact.email, contact.attributes
        return user.name if user and user.email == self.recipient else "", self.recipient, {}


def looks(tx: Session, deliveries: Iterable[Claimed]) -> dict[int, Look]:
    deliveries = list(deliveries)
    whole = joinedload(Trial.edition).joinedload(Edition.publication).joinedload(Publication.workspace)
    some = {delivery.source_id for delivery in deliveries}
    trials = by_id(tx, Trial, some, whole, joinedload(Trial.contact), joinedload(Trial.user))
    latest = {number: Revision.latest(tx, each.edition) for number, each in trials.items()}
    managed = managed_streams(tx, deliveries)
    known = [(d, trials[d.source_id]) for d in deliveries if d.source_id in trials]
    return {d.id: Look(each, latest[each.id], d.recipient, d.stream in managed) for d, each in known}


def trial(look: Look) -> Letter:
    """Our way to unsubscribe leads nowhere, for it is nobody's; Postmark's works. Replies go to who asked for it."""
    publication, parts = look.trial.edition.publication, drafts.standing(look.trial.edition, look.latest)
    name, email, attributes = look.reader
    whole = Edition(id=look.trial.edition_id, publication=publication, **parts._asdict())
    letter = edition(Copy(whole, 0, name, email, attributes, look.is_managed))
    return letter.addressed(
        subject=f"{MARK} {letter.subject}",
        tag="trial",
        reply_to=look.trial.user.email if look.trial.user else None,
        headers={"List-Id": letter.headers["List-Id"]},
        tracked=False,
    )
