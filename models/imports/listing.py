"""The rows of an import in the order of its file, by the page: the last of a million is as quick as the first."""

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.imports.row import ImportRow


def listed(tx: Session, import_id: int, state: str, after: int, most: int, verdict: str = "") -> Sequence[ImportRow]:
    """At most so many rows whose number is above `after`, which is 0 or that of a row.

    `state` and `verdict` are blank for any.

    Until it has its receipt, a row is found by the state it is expected to end in as well.
    """
    values = {"import": import_id, "state": state, "after": after, "most": most, "verdict": verdict}
    found = _OF_VERDICT if verdict else _IN_STATE if state else _ANY
    return tx.scalars(select(ImportRow).from_statement(found), values).all()


_ANY = text("select * from import_rows where import_id = :import and number > :after order by number limit :most")

_OF_VERDICT = text("""
    select r.* from import_rows r
    where r.import_id = :import and r.verdict = :verdict and r.verdict <> '' and r.id > (
              select coalesce(max(id), 0) from import_rows where import_id = :import and number = :after
          )
      and (:state = '' or r.state = :state or r.state = 'pending' and r.forecast = :state)
    order by r.id limit :most
""")

_IN_STATE = text("""
    with last as materialized (
        select coalesce(max(id), 0) as id from import_rows where import_id = :import and number = :after
    )
    (
        select r.* from import_rows r where r.import_id = :import and r.state = :state and r.id > (select id from last)
        order by r.id limit :most
    )
    union all
    (
        select r.* from import_rows r where r.import_id = :import and r.state = 'pending' and r.forecast = :state
                                        and r.id > (select id from last)
        order by r.id limit :most
    )
    order by id limit :most
""")
