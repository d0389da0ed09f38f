"""Telling the provider what became of addresses here."""

from config import settings
from emails import suppressing
from jobs.door import job
from models import following
from models.db import transaction
from models.suppression import Suppression, Wants

DOES = {Wants.SUPPRESS: suppressing.suppress, Wants.REACTIVATE: suppressing.reactivate}


@job(queue="low", timeout=300)
def tell_suppressions() -> None:
    """Tells Postmark what it does not know yet, fifty at a time. A repeat tells it nothing new."""
    with transaction() as tx:
        following.compare(tx)
    for stream in (settings.transactional_stream, settings.broadcast_stream):
        for wants in DOES:
            _tell(stream, wants)


def _tell(stream: str, wants: Wants) -> None:
    while True:
        with transaction() as tx:
            emails = Suppression.untold(tx, stream, wants)
        if not emails:
            return
        answers = DOES[wants](stream, emails)
        with transaction() as tx:
            Suppression.hear(tx, stream, wants, {email: answers.get(email, "no answer") for email in emails})
