"""What a condition names, found in a workspace: names become numbers, so that renaming changes nobody's segment."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.edition import Edition
from models.lists.list import List
from models.publication import Publication
from models.segments.conditions import (
    All,
    Any,
    Condition,
    Editions,
    Engagement,
    Inclusion,
    Leaf,
    Not,
    OnList,
    Reference,
    Standing,
    leaves,
    references,
)
from models.segments.misread import Misread
from models.segments.parsing import parse
from models.segments.segment import Segment
from models.segments.words import Names

_NOUNS: dict[str, tuple[type[Publication | Edition | Segment | List], InstrumentedAttribute[str]]] = {
    "newsletter": (Publication, Publication.name),
    "edition": (Edition, Edition.subject),
    "segment": (Segment, Segment.name),
    "list": (List, List.name),
}


def read(tx: Session, workspace_id: int, text: str) -> Condition:
    """The condition with numbers for all it names. Raises `Misread`, also for what this workspace does not have."""
    return _pinned(parse(text), lambda kind, given: _found(tx, workspace_id, kind, given, text))


def read_alone(tx: Session, workspace_id: int, text: str) -> Condition:
    """One that is to be saved: it is not made of others, so none can come to contain itself."""
    condition = read(tx, workspace_id, text)
    for leaf in leaves(condition):
        if isinstance(leaf, Inclusion):
            raise Misread(text, leaf.segment.at, "a saved segment is not made of others; say here what that one says")
    return condition


def names(tx: Session, workspace_id: int, condition: Condition) -> Names:
    """What those that it names are called."""
    told: dict[tuple[str, int], str] = {}
    for kind, numbers in _mentioned(leaves(condition)).items():
        noun, name = _NOUNS[kind]
        rows = tx.execute(select(noun.id, name).where(noun.workspace_id == workspace_id, noun.id.in_(numbers)))
        told |= {(kind, number): called for number, called in rows}
    return told


def _mentioned(found: Iterable[Leaf]) -> dict[str, set[int]]:
    mentioned: dict[str, set[int]] = {}
    for leaf in found:
        for kind, reference in references(leaf):
            mentioned.setdefault(kind, set()).add(reference.number or 0)
    return mentioned


def _found(tx: Session, workspace_id: int, kind: str, given: Reference, text: str) -> Reference:
    noun, name = _NOUNS[kind]
    mine = select(noun.id).where(noun.workspace_id == workspace_id)
    if noun is List:
        mine = mine.where(List.deleted_at.is_(None))
    number = tx.scalar(mine.where(noun.id == given.number if given.number else name == given.name))
    if number is None:
        raise Misread(text, given.at, f"there is no {kind} {given.number or f'“{given.name}”'}")
    return replace(given, number=number, name="")


def _pinned(condition: Condition, find: Callable[[str, Reference], Reference]) -> Condition:
    match condition:
        case Not():
            return Not(_pinned(condition.part, find))
        case All() | Any():
            return type(condition)(tuple(_pinned(each, find) for each in condition.parts))
        case Inclusion():
            return Inclusion(find("segment", condition.segment))
        case OnList():
            return OnList(find("list", condition.list))
        case Standing(newsletter=Reference() as newsletter):
            return replace(condition, newsletter=find("newsletter", newsletter))
        case Engagement():
            return replace(condition, editions=_editions(condition.editions, find))
    return condition


def _editions(editions: Editions, find: Callable[[str, Reference], Reference]) -> Editions:
    one = editions.one and find("edition", editions.one)
    return replace(editions, one=one, newsletter=editions.newsletter and find("newsletter", editions.newsletter))
