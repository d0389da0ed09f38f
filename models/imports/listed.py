"""Rows whose people come onto a list too, if their import names one: it is made when the first of them comes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.imports.decision import Decision, Done, Outcome, Return
from models.imports.file import Import
from models.imports.kind import Field, Kind
from models.lists.change import ListChange
from models.lists.list import List
from models.lists.member import ListMember

LISTED = "on the list"  # what has changed, on a receipt


class Listed:
    """A kind of rows that are about addresses, which does what that kind does, and puts people on the list."""

    def __init__(self, kind: Kind, word: str = "", label: str = "") -> None:
        self.kind = kind
        self.word, self.label = word or kind.word, label or kind.label
        self.fields: tuple[Field, ...] = kind.fields

    def read(self, given: Mapping[str, str], imported: Import) -> Any:
        return self.kind.read(given, imported)

    def key(self, item: Any) -> str:
        return self.kind.key(item)

    def decide(self, tx: Session, imported: Import, items: Mapping[int, Any]) -> dict[int, Decision]:
        decided = self.kind.decide(tx, imported, items)
        if name := imported.options.get("list"):
            emails = {number: self.key(item) for number, item in items.items()}
            there = _there(tx, imported, emails.values())
            for number, each in decided.items():
                if emails[number] in there:
                    _stay(each)
                else:
                    _come(each, emails[number], name)
        return decided

    def carry_out(self, tx: Session, imported: Import, decided: Mapping[int, Decision]) -> Iterable[int]:
        own = {number: each for number, each in decided.items() if each.changes.keys() != {LISTED}}
        lost = set(self.kind.carry_out(tx, imported, own))
        coming = [each.whom for number, each in decided.items() if each.whom and number not in lost]
        if coming:
            _join(tx, imported, coming)
        return lost

    def invite(self, tx: Session, imported: Import, decided: Iterable[Decision]) -> dict[str, list[int]]:
        return self.kind.invite(tx, imported, decided)

    def take_back(self, tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
        """Whom these rows put on a list leaves it first: somebody else may have done so again, who has a say then."""
        tx.execute(_LEAVE, {"import": imported.id, "emails": [row.key for row in done if LISTED in row.changes]})
        own = [row._replace(changes={w: c for w, c in row.changes.items() if w != LISTED}) for row in done]
        return self.kind.take_back(tx, imported, own)


def _come(decision: Decision, email: str, name: str) -> None:
    """Whoever is refused, such as for having unsubscribed, comes onto no list either."""
    if decision.outcome == Outcome.SKIPPED and not decision.is_here:
        return
    if decision.outcome in (Outcome.SKIPPED, Outcome.UNCHANGED):
        decision.outcome, decision.reason = Outcome.CHANGED, ""
    decision.whom = email
    decision.changes = {**decision.changes, LISTED: ["", name]}


def _stay(decision: Decision) -> None:
    if decision.is_here and decision.outcome == Outcome.SKIPPED:
        decision.reason = f"{decision.reason}, and on the list"


def _there(tx: Session, imported: Import, emails: Iterable[str]) -> set[str]:
    number = _list(tx, imported)
    return ListMember.among(tx, imported.workspace_id, number, emails) if number else set()


def _join(tx: Session, imported: Import, emails: list[str]) -> None:
    number = _list(tx, imported) or List.ensure(tx, imported.workspace_id, imported.options["list"])
    change = ListChange.by_import(tx, imported, number)
    added = ListMember.add(tx, imported.workspace_id, number, emails, change)
    ListChange.count(tx, change, seen=len(emails), done=added)


def _list(tx: Session, imported: Import) -> int | None:
    """The one its people came onto before, whatever it is called now; else the one that has the name."""
    mine = select(List.id).join(ListChange, ListChange.list_id == List.id)
    mine = mine.where(ListChange.import_id == imported.id, List.deleted_at.is_(None))
    named = List.named(tx, imported.workspace_id, imported.options["list"])
    return tx.scalar(mine.order_by(ListChange.id.desc()).limit(1)) or (named.id if named else None)


_LEAVE = text("""
    delete from list_members m using list_changes h, contacts c
    where h.import_id = :import and m.change_id = h.id and m.contact_id = c.id
      and c.workspace_id = h.workspace_id and c.email = any(:emails)
""")
