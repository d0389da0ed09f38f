"""Workspaces that their owners have deleted."""

from jobs.door import job
from models import closing
from models.db import transaction

MOST = 500  # pages in one job: the next minute's goes on


@job(queue="low", timeout=600)
def clear_workspace(workspace_id: int) -> None:
    """A repeat, or two at once, are harmless: a page is one transaction."""
    for _ in range(MOST):
        with transaction() as tx:
            goes_on = closing.clear(tx, workspace_id)
        if not goes_on:
            return


@job(queue="low", timeout=60)
def sweep_workspaces() -> None:
    """Takes up those whose job is lost, or has done its share."""
    with transaction() as tx:
        ids = closing.closed(tx)
    clear_workspace.later_each(ids)
