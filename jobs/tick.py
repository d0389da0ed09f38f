"""What happens every minute. Two ticks at once, or a tick twice, are as good as one."""

from jobs.api_answers import expire_answers
from jobs.bulk_changes import sweep_bulk_changes
from jobs.checkups import sweep_checks
from jobs.door import job
from jobs.editions import finish_editions
from jobs.erasures import sweep_erasures
from jobs.exports import sweep_exports
from jobs.imports import sweep_imports
from jobs.incineration import incinerate
from jobs.inspections import sweep_inspections
from jobs.lists import sweep_lists
from jobs.notices import send_notices
from jobs.publications import watch_publications
from jobs.rounds import ask_members, send_digests
from jobs.samples import depths, take_samples
from jobs.standings import fold_standings, forget_unconfirmed
from jobs.suppressions import tell_suppressions
from jobs.sweeps import sweep_deliveries, sweep_received
from jobs.throttles import forget_throttles
from jobs.thumbnails import sweep_thumbnails
from jobs.traces import fold_tallies, sweep_tracking
from jobs.undoing import sweep_undoing
from jobs.verifications import sweep_verifications
from jobs.workspaces import sweep_workspaces

EVERY_MINUTE = (
    *(ask_members, send_digests, send_notices, sweep_deliveries, sweep_received, finish_editions, watch_publications),
    *(incinerate, sweep_imports, sweep_undoing, sweep_lists, fold_standings, forget_unconfirmed, tell_suppressions),
    *(sweep_erasures, fold_tallies, sweep_tracking, sweep_exports, sweep_inspections, expire_answers),
    *(sweep_verifications, forget_throttles, sweep_bulk_changes, sweep_checks, sweep_thumbnails),
    *(sweep_workspaces,),
)


@job(queue="high", timeout=30)
def tick() -> None:
    waiting = depths()
    for each in EVERY_MINUTE:
        each.later()
    take_samples.later(waiting)
