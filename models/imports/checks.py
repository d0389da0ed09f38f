"""What processes found out about rows before they are done, and whether a row is left out for it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.imports.file import Import
from models.imports.row import ImportRow
from models.verifying.verdict import Verdict

COLUMNS = ("Verdict", "Evidence", "Suggestion")


class Checked(NamedTuple):
    """told: kept on the row as JSON, `{verdict, evidence: [{check, result, detail}], suggestion}`.

    left_out: why the row is not to be done; blank when it is.
    """

    told: Mapping[str, Any]
    left_out: str = ""

    @classmethod
    def unknown(cls, check: str, detail: str) -> "Checked":
        """Nothing could be found out."""
        return cls({"verdict": Verdict.UNKNOWN, "evidence": [{"check": check, "result": "unknown", "detail": detail}]})


class Unchecked(NamedTuple):
    id: int
    import_id: int
    cells: list[str]
    missing: list[str]  # words of the processes that have not had it yet


def unchecked(tx: Session, ids: Sequence[int]) -> tuple[list[Unchecked], dict[int, Import]]:
    """Of rows that are pending in imports that run, those that lack a process; and those imports."""
    rows = [Unchecked(*row) for row in tx.execute(_UNCHECKED, {"ids": list(ids)})]
    wanted = select(Import).where(Import.id.in_({row.import_id for row in rows}))
    return rows, {imported.id: imported for imported in tx.scalars(wanted)}


def note(tx: Session, word: str, checked: Mapping[int, Checked]) -> None:
    """Keeps what a process found, by row; what was found before stays as it was."""
    numbers = sorted(checked)
    values = {
        "word": word,
        "ids": numbers,
        "found": [orjson.dumps({**checked[n].told, "left_out": checked[n].left_out}).decode() for n in numbers],
    }
    tx.execute(_NOTE, values)


def verdicts(tx: Session, imported: Import) -> dict[str, int]:
    """How many rows have each verdict, of those that have one."""
    rows = tx.execute(_VERDICTS, {"import": imported.id}) if imported.processes else ()
    found = {verdict: count for verdict, count in rows}  # noqa: C416
    return {verdict.value: found[verdict] for verdict in Verdict if verdict in found}


def columns(imported: Import) -> tuple[str, ...]:
    """What the finished file has of it."""
    return COLUMNS if imported.processes else ()


def cells(imported: Import, row: ImportRow) -> list[str]:
    """What stands in `columns`."""
    if not imported.processes:
        return []
    found = row.checks.values()
    evidence = [f"{each['check']}: {each['detail']}" for one in found for each in one.get("evidence", ())]
    suggestions = [one["suggestion"] for one in found if one.get("suggestion")]
    return [row.verdict, "; ".join(evidence), "; ".join(suggestions)]


_UNCHECKED = text("""
    select r.id, r.import_id, r.cells,
           array(select word from jsonb_object_keys(i.processes) as word where not r.checks ? word)
    from import_rows r join imports i on i.id = r.import_id
    where r.id = any(:ids) and r.state = 'pending' and i.state = 'running'
      and not r.checks ?& array(select jsonb_object_keys(i.processes))
    order by r.id
""")

_NOTE = text("""
    update import_rows r
    set checks = r.checks || jsonb_build_object(cast(:word as text), given.found),
        verdict = coalesce(given.found->>'verdict', r.verdict)
    from unnest(cast(:ids as bigint[]), cast(:found as jsonb[])) as given(id, found)
    where r.id = given.id and r.state = 'pending' and not r.checks ? :word
""")

_VERDICTS = text("""
    select verdict, count(*) from import_rows where import_id = :import and verdict <> '' group by verdict
""")
