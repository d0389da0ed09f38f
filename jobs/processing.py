"""Rows go through the processes that their import asks for, those of each import together."""

from collections.abc import Mapping, Sequence

from jobs.modest import modest_transaction
from jobs.processes.processes import PROCESSES
from models.imports import checks
from models.imports.cells import Unreadable
from models.imports.checks import Checked, Unchecked
from models.imports.file import Import
from models.imports.work import given


def process(ids: Sequence[int]) -> list[int]:
    """Finds out what is to be known of those that are pending; returns the ids of those that must come again.

    Raises what a process raises. A repeat does nothing.
    """
    with modest_transaction() as tx:
        rows, imports = checks.unchecked(tx, ids)
    late: set[int] = set()
    for imported in imports.values():
        for word, choice in imported.processes.items():
            own = [row for row in rows if row.import_id == imported.id and word in row.missing]
            late |= _run(imported, word, choice, own)
    return sorted(late)


def give_up(row: int, problem: str) -> None:
    """A process that breaks finds nothing out, and holds nobody up."""
    with modest_transaction() as tx:
        for each in checks.unchecked(tx, [row])[0]:
            for word in each.missing:
                checks.note(tx, word, {row: Checked.unknown(word, problem)})


def _run(imported: Import, word: str, choice: str, rows: Sequence[Unchecked]) -> set[int]:
    if not rows:
        return set()
    found, read = {}, {}
    for row in rows:
        try:
            read[row.id] = given(imported, row.cells)
        except Unreadable as problem:
            found[row.id] = Checked.unknown(word, str(problem))
    found |= _asked(imported, word, choice, read)
    with modest_transaction() as tx:
        checks.note(tx, word, found)
    return {row.id for row in rows} - found.keys()


def _asked(imported: Import, word: str, choice: str, rows: Mapping[int, Mapping[str, str]]) -> Mapping[int, Checked]:
    """A process that is no more, or that another release knows, finds nothing out."""
    known = PROCESSES.get(word)
    if known is None or choice not in known.choices:
        return {row: Checked({}) for row in rows}
    return known.run(imported, choice, rows)
