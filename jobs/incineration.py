"""Received mail leaves when its time is over."""

from datetime import timedelta

from config import settings
from jobs.door import job
from models import clock, incineration
from models.db import transaction

PAGE = 500


@job(queue="low", timeout=300)
def incinerate() -> None:
    """A page of it at a time, until nothing is older than `RAW_MAIL_DAYS`."""
    before = clock.now() - timedelta(days=settings.raw_mail_days)
    gone = PAGE
    while gone == PAGE:
        with transaction() as tx:
            gone = incineration.incinerate(tx, before, PAGE)
