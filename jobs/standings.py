"""How publications stand: the counts of their subscribers, kept short; who never confirmed, forgotten."""

from jobs.door import job
from models.db import transaction
from models.opt_in import PAGE, OptIn
from models.standing import Standing


@job(queue="low", timeout=120)
def fold_standings() -> None:
    """Few rows of counts where there were many. A repeat does nothing."""
    with transaction() as tx:
        Standing.fold(tx)


@job(queue="low", timeout=120)
def forget_unconfirmed() -> None:
    """Whoever did not confirm in time is forgotten, a page at a time. A repeat does nothing."""
    with transaction() as tx:
        count = OptIn.forget(tx)
    if count == PAGE:
        forget_unconfirmed.later()
