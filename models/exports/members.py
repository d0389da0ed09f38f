"""The contacts on a list, all or those who fit."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.exports.export import Export
from models.exports.source import Line
from models.lists import fitting
from models.lists.conditions import Conditions
from models.lists.list import List
from models.lists.member import ListMember

COLUMNS = ("email", "name", "language", "time zone", "tags", "added", "added by")


class Members:
    """`about` is `{"list": its number, "conditions": as `Conditions.told` has them}`."""

    word = "list"

    def total(self, tx: Session, export: Export) -> int:
        return tx.get_one(List, export.about["list"]).members

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return COLUMNS

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        conditions = Conditions(**export.about["conditions"])
        found = fitting.members(export.workspace_id, export.about["list"], conditions)
        found = found.where(ListMember.contact_id > export.after)
        page = tx.scalars(found.order_by(ListMember.contact_id).limit(most))
        return [Line(member.contact_id, _cells(member)) for member in page]


def _cells(member: ListMember) -> list[object]:
    known = member.contact
    return [known.email, known.name, known.locale, known.zone, known.tags, member.added_at, member.change.way]
