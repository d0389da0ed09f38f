"""Contacts as rows have them: what is said of somebody, how that differs from what is known, and learning it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models import clock
from models.imports import cells
from models.imports.cells import Unreadable
from models.imports.file import Existing, Import
from models.imports.kind import Field

LONGEST = 200  # characters of a name
FIELDS = (
    Field("email", "E-mail address", ("email", "mail", "address", "emailaddress", "subscriber"), required=True),
    Field("name", "Name", ("name", "fullname", "firstname", "lastname", "givenname", "surname"), several=True),
    Field("locale", "Language", ("locale", "language", "lang", "sprache")),
    Field("zone", "Time zone", ("zone", "timezone", "tz", "zeitzone")),
    Field("tags", "Tags", ("tags", "tag", "labels", "interests")),
    Field("attribute", "Kept under its column's name", (), several=True),
)


class Told(NamedTuple):
    """What a row says of somebody; blank where it says nothing."""

    email: str
    name: str
    locale: str
    zone: str
    attributes: dict[str, Any]
    tags: tuple[str, ...] = ()  # sorted, each once; added to those that there are

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Told":
        """From `{field: cell}`. Raises `Unreadable`."""
        name = " ".join(given.get("name", "").split())
        if len(name) > LONGEST:
            raise Unreadable(f"its name has more than {LONGEST} characters")
        locale, zone = given.get("locale", ""), given.get("zone", "")
        attributes: dict[str, Any] = {
            word.partition(":")[2]: cell for word, cell in given.items() if word.startswith("attribute:")
        }
        tags = _tags(given.get("tags", ""), attributes.pop("tags", ""))
        address = cells.address(given.get("email", ""))
        return cls(address, name, _locale(locale) if locale else "", cells.zone(zone) if zone else "", attributes, tags)


def differences(existing: str, told: Told, known: Row[Any]) -> dict[str, list[Any]]:
    """`{what: [before, after]}`: what becomes of a contact who is known already, as somebody has said it should."""
    if existing == Existing.SKIP:
        return {}
    said = {"name": told.name, "language": told.locale, "zone": told.zone, **told.attributes}
    said["tags"] = _together(known.tags, told.tags) if told.tags else []
    before = {"name": known.name, "language": known.locale, "zone": known.zone, **known.attributes, "tags": known.tags}
    gaps = existing == Existing.FILL
    return {
        what: [before.get(what, ""), word]
        for what, word in said.items()
        if word and word != before.get(what) and not (gaps and before.get(what))
    }


def introduced(told: Told) -> dict[str, list[Any]]:
    """`{what: [before, after]}` of a contact who is new."""
    first = {"name": told.name, "language": told.locale or "en", "zone": told.zone or "UTC", **told.attributes}
    first["tags"] = [*told.tags]
    return {"contact": ["", told.email], **{what: ["", word] for what, word in first.items() if word}}


def learn(
    tx: Session, imported: Import, told: Iterable[Told], merged: Mapping[int, tuple[Told, Row[Any]]]
) -> list[Any]:
    """Makes the contacts that are `told`, unless they are there, and completes those of `{id: (told, known)}`.

    Returns `(id, email)` of those that it made.
    """
    fresh = sorted({each.email: each for each in told}.values())
    values = _columns([each.email for each in fresh], fresh) | {
        "workspace": imported.workspace_id,
        "import": imported.id,
        "now": clock.now(),
    }
    made = list(tx.execute(_KNOW, values).all()) if fresh else []
    if merged:
        ids = sorted(merged)
        tx.execute(_LEARN, _columns(ids, [_merged(*merged[number]) for number in ids]))
    return made


def _merged(told: Told, known: Row[Any]) -> Told:
    attributes = {**known.attributes, **told.attributes}
    own = (told.name or known.name, told.locale or known.locale, told.zone or known.zone)
    return Told(known.email, *own, attributes, tuple(_together(known.tags, told.tags)))


def limited(told: Told, changes: Mapping[str, Any]) -> Told:
    """What of it is to be learnt: only what is among the changes."""
    attributes = {what: word for what, word in told.attributes.items() if what in changes}
    kept = (told.name if "name" in changes else "", told.locale if "language" in changes else "")
    zone, tags = told.zone if "zone" in changes else "", told.tags if "tags" in changes else ()
    return Told(told.email, *kept, zone, attributes, tags)


def _tags(*cells: str) -> tuple[str, ...]:
    """As cells have them, with a comma, a semicolon or a bar between any two."""
    return tuple(sorted({tag for cell in cells for each in re.split(r"[,;|]", cell) if (tag := each.strip())}))


def _together(known: Iterable[str], told: Iterable[str]) -> list[str]:
    return sorted({*known, *told})


def _columns(keys: list[Any], people: list[Told]) -> dict[str, list[Any]]:
    return {
        "keys": keys,
        "names": [each.name for each in people],
        "locales": [each.locale or "en" for each in people],
        "zones": [each.zone or "UTC" for each in people],
        "attributes": [orjson.dumps(each.attributes).decode() for each in people],
        "tags": [orjson.dumps(each.tags).decode() for each in people],
    }


def _locale(text: str) -> str:
    """As BCP 47 writes it: `de`, `pt-BR`."""
    plain = text.strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", plain):
        raise Unreadable(f"“{text[:40]}” is no language; write it as en or pt-BR")
    first, dash, rest = plain.partition("-")
    return first.lower() + dash + (rest.upper() if len(rest) == 2 else rest)


_KNOW = text("""
    insert into contacts (workspace_id, email, name, locale, zone, attributes, tags, import_id, created_at)
    select :workspace, given.email, given.name, given.locale, given.zone, given.attributes,
           array(select jsonb_array_elements_text(given.tags)), :import, :now
    from unnest(cast(:keys as text[]), cast(:names as text[]), cast(:locales as text[]), cast(:zones as text[]),
                cast(:attributes as jsonb[]), cast(:tags as jsonb[]))
         with ordinality as given(email, name, locale, zone, attributes, tags, place)
    order by given.place
    on conflict (workspace_id, email) do nothing
    returning id, email
""")

_LEARN = text("""
    update contacts c
    set name = given.name, locale = given.locale, zone = given.zone, attributes = given.attributes,
        tags = array(select jsonb_array_elements_text(given.tags))
    from unnest(cast(:keys as bigint[]), cast(:names as text[]), cast(:locales as text[]), cast(:zones as text[]),
                cast(:attributes as jsonb[]), cast(:tags as jsonb[])) as given(id, name, locale, zone, attributes, tags)
    where c.id = given.id
""")
