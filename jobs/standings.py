"""How publications stand: the counts of their subscribers, kept short; who never confirmed, forgotten."""

from jobs.door import job
from models.db import transaction
from models.standing import Standing


@job(queue="low", timeout=120)
def fold_standings() -> None:
    """Few rows of counts where there were many. A repeat does nothing."""
    with transaction() as tx:
        Standing.fold(tx)
