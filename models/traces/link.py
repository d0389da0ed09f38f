"""A link of an edition, as its author wrote it: what was clicked is counted under it, whoever's values it carried."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import unescape

from sqlalchemy import Text, UniqueConstraint, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base
from models.types import Id, WorkspaceId, references

MOST = 300  # links of one edition; what is more is counted as one

_WRITTEN = re.compile(r"https?://(?:\{\{.{1,200}?\}\}|[^\s\"'<>{])+")
_FIELD = re.compile(r"\{\{.{1,200}?\}\}")
_OURS = re.compile(r"(https?://[^/]+/(?:unsubscribe|preferences|readers))/[^/?#]+.*")


class Link(Base):
    __tablename__ = "links"
    __table_args__ = (UniqueConstraint("edition_id", "address"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    edition_id: Mapped[int] = references("editions.id")
    address: Mapped[str] = mapped_column(Text)

    @classmethod
    def numbers(cls, tx: Session, wanted: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], int]:
        """`{(edition, address): id}` for `{(edition, address): workspace}`, made where there was none.

        An edition that has too many of them gets no more.
        """
        missing = sorted(wanted.keys() - cls._known(tx, wanted).keys())
        full = cls._full(tx, {edition for edition, _ in missing})
        missing = [key for key in missing if key[0] not in full]
        rows = [{"workspace_id": wanted[key], "edition_id": key[0], "address": key[1]} for key in missing]
        if rows:
            tx.execute(insert(cls).values(rows).on_conflict_do_nothing())
        return cls._known(tx, wanted)

    @classmethod
    def _full(cls, tx: Session, edition_ids: Iterable[int]) -> set[int]:
        many = select(cls.edition_id).where(cls.edition_id.in_([*edition_ids])).group_by(cls.edition_id)
        return {*tx.scalars(many.having(func.count() >= MOST))}

    @classmethod
    def _known(cls, tx: Session, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
        keys = [*wanted]
        if not keys:
            return {}
        found = select(cls.edition_id, cls.address, cls.id).where(tuple_(cls.edition_id, cls.address).in_(keys))
        return {(edition, address): number for edition, address, number in tx.execute(found)}


def written(address: str, *parts: str) -> str:
    """A clicked address as the edition's parts have it: with its fields, not with one reader's values in them.

    Links of ours carry a token for each reader, and are known without it.
    """
    if ours := _OURS.fullmatch(address):
        return ours.group(1)
    if address in _plain(*parts):
        return address
    return next((original for original, pattern in _with_fields(*parts) if pattern.fullmatch(address)), address)


@lru_cache(maxsize=8)
def _plain(*parts: str) -> frozenset[str]:
    return frozenset(link for link in _links(*parts) if not _FIELD.search(link))


@lru_cache(maxsize=8)
def _with_fields(*parts: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((link, _pattern(link)) for link in _links(*parts) if _FIELD.search(link))


def _links(*parts: str) -> list[str]:
    return list(dict.fromkeys(unescape(found) for part in parts for found in _WRITTEN.findall(part)))[:MOST]


def _pattern(link: str) -> re.Pattern[str]:
    """With anything in the place of its fields."""
    return re.compile("[^/]*".join(map(re.escape, _FIELD.split(link))))
