"""Asking Postmark how we stand with it, and putting its webhooks right."""

from datetime import timedelta

from emails import postmark_server
from emails.answers import Refusal
from jobs import provider_checks
from jobs.door import job
from models import clock
from models.check import Check, State, StoredCheck
from models.db import transaction

EVERY = timedelta(hours=1)


@job(queue="high", timeout=120)
def examine() -> None:
    """Asks Postmark, with no transaction open, and keeps what it says. A repeat does the same."""
    _keep(provider_checks.all_checks())


@job(queue="high", timeout=120)
def register_webhooks() -> None:
    """Has Postmark tell us of all streams and of mail that comes in. A repeat changes nothing more."""
    refused = None
    try:
        postmark_server.receive(base := provider_checks.base())
        for stream in provider_checks.streams_of_ours():
            postmark_server.register(stream, base)
    except Refusal as refusal:
        refused = Check("Registering", State.BAD, f"Postmark did not take it: {refusal}", WHY)
    _keep([*provider_checks.all_checks(), *([refused] if refused else [])])


@job(queue="low", timeout=60)
def sweep_checks() -> None:
    """Asks again after an hour."""
    with transaction() as tx:
        asked_at = StoredCheck.asked_at(tx)
    if asked_at is None or asked_at < clock.now() - EVERY:
        examine.later()


WHY = "It tries the address first, which must answer: is it reachable from the internet, and https?"


def _keep(checks: list[Check]) -> None:
    with transaction() as tx:
        StoredCheck.replace(tx, checks)
