"""Every kind of mail: where what it says comes from, and who writes it.

A new kind is a line in `KINDS`, a file beside this one and a folder in `templates/` (CONTRIBUTING has the recipe).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from config import settings
from emails import (
    command_notice,
    confirmation,
    digest,
    edition,
    forwarding,
    invitation,
    notice,
    opt_in,
    pause,
    receipt,
    rejection,
    reminder,
    security,
    setback,
    sign_in,
    trial,
    welcome,
)
from emails.letter import Letter
from models.sending import Claimed


class SourceGone(Exception):
    """What the mail was about has been deleted since it was addressed."""

    retry = False


@dataclass(frozen=True)
class Kind:
    """`load` reads what deliveries are about in a transaction, `{delivery id: source}`; `write` needs none."""

    load: Callable[[Session, Sequence[Claimed]], Mapping[int, Any]]
    write: Callable[[Any], Letter]


def by_source(find: Callable[[Session, Iterable[int]], Mapping[int, Any]]) -> Callable[..., Mapping[int, Any]]:
    """A loader for mails that say the same to whoever gets them: one query for the whole batch."""

    def load(tx: Session, deliveries: Sequence[Claimed]) -> Mapping[int, Any]:
        found = find(tx, {delivery.source_id for delivery in deliveries})
        return {d.id: found[d.source_id] for d in deliveries if d.source_id in found}

    return load


def by_reader(find: Callable[[Session, Claimed], Any]) -> Callable[..., Mapping[int, Any]]:
    """A loader for mails that depend on who reads them."""
    return lambda tx, deliveries: {delivery.id: find(tx, delivery) for delivery in deliveries}


KINDS: dict[str, Kind] = {
    "sign_in": Kind(by_source(sign_in.sign_ins), sign_in.sign_in),
    "invitation": Kind(by_source(invitation.seats), invitation.invitation),
    "reminder": Kind(by_source(reminder.prompts), reminder.reminder),
    "digest": Kind(by_reader(digest.issue), digest.digest),
    "edition": Kind(edition.copies, edition.edition),
    "rejection": Kind(by_source(rejection.rejections), rejection.rejection),
    "pause": Kind(by_source(pause.pauses), pause.pause),
    "receipt": Kind(by_source(receipt.receipts), receipt.receipt),
    "confirmation": Kind(by_reader(confirmation.claim), confirmation.confirmation),
    "opt_in": Kind(by_source(opt_in.asks), opt_in.opt_in),
    "command": Kind(by_source(command_notice.notices), command_notice.notice),
    "notice": Kind(by_source(notice.notices), notice.notice),
    "comment": Kind(by_source(notice.comments), notice.notice),  # what older releases addressed
    "forwarding": Kind(by_source(forwarding.forwardings), forwarding.forwarding),
    "trial": Kind(trial.looks, trial.trial),
    "welcome": Kind(by_source(welcome.memberships), welcome.welcome),
    "security": Kind(by_source(security.events), security.security),
    "setback": Kind(by_source(setback.setbacks), setback.setback),
}


def load(tx: Session, deliveries: Iterable[Claimed]) -> dict[int, Any]:
    """`{delivery id: what it is about}`; a source that is gone is left out."""
    kinds: dict[str, list[Claimed]] = {}
    for delivery in deliveries:
        kinds.setdefault(delivery.kind, []).append(delivery)
    return {key: about for kind, some in kinds.items() for key, about in KINDS[kind].load(tx, some).items()}


def compose(delivery: Claimed, about: Any) -> Letter:
    """The finished letter of a delivery. Raises `SourceGone`, and whatever a template raises."""
    if about is None:
        raise SourceGone(f"{delivery.kind} {delivery.source_id} is gone")
    letter = KINDS[delivery.kind].write(about)
    whole = letter.addressed(
        to=delivery.recipient,
        sender=letter.sender or settings.mail_from,
        stream=delivery.stream,
        metadata=delivery.metadata,
    )
    return whole.checked()
