"""Contacts as they were before an import: those that it made go, what it told of others goes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.contact import Contact
from models.imports.decision import Done, Return
from models.imports.file import Import
from models.imports.pointing import nobody_points_at

_COLUMNS = {"name": "name", "language": "locale", "zone": "zone"}
_NO_FIELD = ("contact", "subscription")  # among the changes


def unlearn(tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
    """`{id of the row: what stays, and why}`. The key of such a row is the contact's address."""
    contacts = select(Contact).filter_by(workspace_id=imported.workspace_id)
    contacts = contacts.where(Contact.email.in_([row.key for row in done])).order_by(Contact.id)
    found = {each.email: each for each in tx.scalars(contacts.with_for_update())}
    returns = {row.id: _return(imported, row, found.get(row.key)) for row in done}
    tx.flush()
    made = {found[row.key].id: row for row in done if row.key in found and _has_made(imported, row, found[row.key])}
    going = [number for number, row in made.items() if not returns[row.id].kept]
    nobody = delete(Contact).where(Contact.id.in_(going), nobody_points_at(Contact)).returning(Contact.id)
    gone = set(tx.scalars(nobody.execution_options(synchronize_session=False)))
    for number in set(going) - gone:
        returns[made[number].id].kept.append("somebody counts on the contact: it subscribes, or is on a list")
    return returns


def _return(imported: Import, row: Done, contact: Contact | None) -> Return:
    if contact is None:
        return Return(told=["the contact was gone already"])
    changes = {what: change for what, change in row.changes.items() if what not in _NO_FIELD}
    if _has_made(imported, row, contact):
        return Return(kept=_touched(contact, changes))
    return Return(kept=_restore(contact, changes))


def _has_made(imported: Import, row: Done, contact: Contact) -> bool:
    return "contact" in row.changes and contact.import_id == imported.id


def _touched(contact: Contact, changes: Mapping[str, Sequence[Any]]) -> list[str]:
    """What is known of it that its row did not say."""
    given = {what: _plain(what, after) for what, (_, after) in changes.items()}
    now = {what: word for what, word in _now(contact).items() if word}
    differs = sorted(what for what in now.keys() | given.keys() if now.get(what) != given.get(what))
    return [f"changed since: {', '.join(differs)}"] if differs else []


def _restore(contact: Contact, changes: Mapping[str, Sequence[Any]]) -> list[str]:
    now = _now(contact)
    told = {what: (_plain(what, old), _plain(what, given)) for what, (old, given) in changes.items()}
    stay = [what for what, both in told.items() if now.get(what, "") not in both]
    for what, (old, given) in told.items():
        if now.get(what, "") == given:
            _set(contact, what, old)
    return [f"changed since: {', '.join(stay)}"] if stay else []


def _now(contact: Contact) -> dict[str, Any]:
    known = {what: getattr(contact, column) for what, column in _COLUMNS.items()}
    own = {"tags": contact.tags} if contact.tags else {}
    return {**known, "note": contact.note, **contact.attributes, **own}


def _plain(what: str, word: Any) -> Any:
    """Tags as a contact has them: imports used to keep them in the order of the file."""
    return (sorted(set(word)) if word else "") if what == "tags" else word


def _set(contact: Contact, what: str, old: Any) -> None:
    if what == "tags":
        contact.tags = old or []
    elif what in contact.attributes:
        rest = {word: value for word, value in contact.attributes.items() if word != what}
        contact.attributes = {**rest, what: old} if old else rest
    else:
        setattr(contact, _COLUMNS[what], old)
