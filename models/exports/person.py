"""Everything that is known of somebody who has an account: an archive that they may ask for (GDPR, article 15)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.exports import raw_mails
from models.exports.belongings import TABLES, Table
from models.exports.export import Export
from models.exports.source import Line

Who = Mapping[str, Any]
Part = Callable[[Session, Who, int, Any, int], Sequence[Line]]

AT_ONCE = 2_000_000  # bytes


class Person:
    """`about` is `{"person": their number}`. In all workspaces: it is theirs.

    Its keys are `[part, key]`: a file of the archive, and a row in that.
    """

    word = "person"

    def total(self, tx: Session, export: Export) -> int:
        """Of what is written twice. What is found by looking through all mails is not counted before."""
        return 2 * (tx.scalar(_COUNT, {"user": export.about["person"]}) or 0)

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return ("file", "says")

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        who = _who(tx, export.about["person"])
        part, after = export.after or (0, 0)
        while part < len(_PARTS):
            if lines := _PARTS[part](tx, who, part, after, most):
                return lines
            part, after = part + 1, 0
        return []


def _who(tx: Session, user_id: int) -> Who:
    return {"user": user_id} | {name: list(tx.scalars(found, {"user": user_id})) for name, found in _WHO.items()}


def _read_me(tx: Session, who: Who, part: int, after: Any, most: int) -> Sequence[Line]:
    told = "\n".join(f"  {table.name:<22}{table.meaning}" for table in TABLES)
    return [] if after else [Line([part, 1], ["README.txt", _README.format(told).encode()])]


def _rows_of(table: Table, ending: str) -> Part:
    def page(tx: Session, who: Who, part: int, after: Any, most: int) -> Sequence[Line]:
        rows = tx.execute(table.rows, {**who, "after": after, "most": min(most, table.most)}).mappings()
        told = ({**row} for row in rows)
        return [Line([part, row.pop("id")], [f"{table.name}.{ending}", row]) for row in told]

    return page


def _raw(tx: Session, who: Who, part: int, after: Any, most: int) -> Sequence[Line]:
    """The next two megabytes of what stands in the folder of mails."""
    lines, size = [], 0
    for key, name, content in raw_mails.pieces(tx, who, *(after or (0, raw_mails.PAYLOAD, -1))):
        lines.append(Line([part, key], [name, content]))
        size += len(content)
        if size > AT_ONCE:
            break
    return lines


_PARTS: Sequence[Part] = (
    _read_me,
    *(_rows_of(table, ending) for table in TABLES for ending in ("csv", "json")),
    _raw,
)

_WHO = {
    "addresses": text("""
        select email from users where id = :user
        union select email from user_addresses where user_id = :user and confirmed_at is not null
    """),
    "places": text("""
        select workspace_id from memberships where user_id = :user
        union select workspace_id from team_members where user_id = :user
        union select workspace_id from sign_ins where user_id = :user
    """),
}

_COUNT = text("""
    select (select count(*) from entries where user_id = :user)
        + (select count(*) from comments where author_id = :user)
        + (select count(*) from sign_ins where user_id = :user)
        + (select count(*) from audit_events where user_id = :user)
        + (select count(*) from notices where user_id = :user)
        + (select count(*) from prompts p join team_members m on m.id = p.team_member_id where m.user_id = :user)
""")

_README = """\
This is what Postroom knows of you, in all of its workspaces.

Each table is there twice, with the same rows: as .csv for spreadsheets, as .json for programs. A table that is not
there has no rows. Moments are in UTC. In a .csv, a text that a spreadsheet would calculate has an apostrophe before it.

{}
  mails/                your mails as they came, while they are kept: .eml opens in any mail program

What is not in here: your password and codes, of which only traces are kept that cannot be read; what others wrote; what
you made for a workspace, such as editions, lists, imports and pictures, which is its own; and notes that it keeps about
its readers, for which you ask its owner.
"""
