"""What a workspace knows of people, and whom it sends nothing to: all, or those who are looked for."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.contact import Contact
from models.directory import Directory
from models.exports.export import Export
from models.exports.source import Line
from models.suppression import Suppression


class Contacts:
    """`about` is `{"wanted": what of a `Directory` is not blank}`."""

    word = "contacts"
    names = ("email", "name", "tags", "locale", "zone", "attributes", "note", "created_at")

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(select(func.count()).select_from(self._found(export).subquery())) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return self.names

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        return _behind(tx, self._found(export), Contact, self.names, export.after, most)

    def _found(self, export: Export) -> Select[Any]:
        return Directory(export.workspace_id, **export.about["wanted"]).found


class Suppressions:
    """`about` is `{"wanted": {"beginning": that of an address, if not of all}}`."""

    word = "suppressions"
    names = (
        "email",
        "stream",
        "reason",
        "origin",
        "added_by",
        "created_at",
        "lifted_at",
        "lifted_because",
        "lifted_by",
    )

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(select(func.count()).select_from(self._found(export).subquery())) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return self.names

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        return _behind(tx, self._found(export), Suppression, self.names, export.after, most)

    def _found(self, export: Export) -> Select[Any]:
        return Suppression.looked_for(export.workspace_id, **export.about["wanted"])


def _behind(tx: Session, found: Select[Any], noun: Any, names: Sequence[str], after: int, most: int) -> Sequence[Line]:
    columns = [getattr(noun, name) for name in names]
    rows = found.with_only_columns(noun.id, *columns).where(noun.id > after).order_by(noun.id).limit(most)
    return [Line(number, cells) for number, *cells in tx.execute(rows)]
