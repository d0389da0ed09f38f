"""Rows that are people whom a workspace knows, and nothing more."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact import Contact
from models.imports import knowing
from models.imports.decision import Decision, Done, Outcome, Return
from models.imports.file import Existing, Import
from models.imports.kind import Field
from models.imports.knowing import Told
from models.imports.unlearning import unlearn


class Contacts:
    word = "contacts"
    label = "Contacts"
    fields: tuple[Field, ...] = knowing.FIELDS

    def read(self, given: Mapping[str, str], imported: Import) -> Told:
        return Told.of(given)

    def key(self, item: Told) -> str:
        return item.email

    def decide(self, tx: Session, imported: Import, items: Mapping[int, Told]) -> dict[int, Decision]:
        emails = [told.email for told in items.values()]
        own = (Contact.name, Contact.locale, Contact.zone, Contact.attributes, Contact.tags)
        known = select(Contact.id, Contact.email, *own).where(
            Contact.workspace_id == imported.workspace_id, Contact.email.in_(emails)
        )
        found = {row.email: row for row in tx.execute(known.order_by(Contact.id))}
        return {number: _decide(imported, told, found.get(told.email)) for number, told in items.items()}

    def carry_out(self, tx: Session, imported: Import, decided: Mapping[int, Decision]) -> Iterable[int]:
        created = {number: each for number, each in decided.items() if each.outcome == Outcome.CREATED}
        changed = [each for each in decided.values() if each.outcome == Outcome.CHANGED]
        merged = {
            known.id: (knowing.limited(told, each.changes), known) for each in changed for told, known in [each.about]
        }
        made = knowing.learn(tx, imported, [each.about[0] for each in created.values()], merged)
        ids = {row.email: row.id for row in made}
        for each in created.values():
            each.subject_id = ids.get(each.about[0].email)
        return [number for number, each in created.items() if each.subject_id is None]

    def invite(self, tx: Session, imported: Import, decided: Iterable[Decision]) -> dict[str, list[int]]:
        return {}

    def take_back(self, tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
        return unlearn(tx, imported, done)


def _decide(imported: Import, told: Told, known: object) -> Decision:
    if known is None:
        return Decision(Outcome.CREATED, "", knowing.introduced(told), about=(told, None))
    number = known.id  # type: ignore[attr-defined]
    if imported.existing == Existing.SKIP:
        return Decision(Outcome.SKIPPED, "known already", subject_id=number, is_here=True)
    changes = knowing.differences(imported.existing, told, known)  # type: ignore[arg-type]
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Decision(outcome, "", changes, number, (told, known))
