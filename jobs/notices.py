"""Mails that tell people of comments."""

from jobs.deliveries import nudge
from jobs.door import job
from models.db import transaction
from models.notice import Notice


@job(queue="default", timeout=60)
def send_notices() -> None:
    """Mails everybody for whom something is due, page after page."""
    found: list[int] | None = None
    while found is None or found:
        with transaction() as tx:
            found = Notice.mail(tx)
        nudge("notice", found)
