"""What programs were answered is kept for a day."""

from jobs.door import job
from models.api_answer import ApiAnswer
from models.db import transaction


@job(queue="low", timeout=60)
def expire_answers() -> None:
    with transaction() as tx:
        ApiAnswer.expire(tx)
