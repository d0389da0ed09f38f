"""A change to a list, done by the page: each page is a transaction, and whoever goes on begins behind the last one."""

from sqlalchemy import ARRAY, BigInteger, any_, literal, select, text
from sqlalchemy.orm import Session

from models import clock
from models.contact import Contact
from models.db import transaction
from models.lists.change import ADDING, ListChange, State, Verb
from models.lists.conditions import Conditions
from models.lists.fitting import fits

PAGE = 5_000  # contacts looked at
SHORT = 50_000  # contacts: what looks at no more is done at once


def step(change_id: int) -> bool:
    """One page; False when there is nothing left to do."""
    with transaction() as tx:
        change = tx.get(ListChange, change_id, with_for_update=True)
        if change is None or change.state != State.RUNNING:
            return False
        place, seen, chosen, done = _page(tx, change)
        change.place, change.moved_at = place or change.place, clock.now()
        change.seen, change.chosen, change.done = change.seen + seen, change.chosen + chosen, change.done + done
        if seen < PAGE:
            change.state, change.finished_at = State.FINISHED, clock.now()
        return seen == PAGE


def _page(tx: Session, change: ListChange) -> tuple[int, int, int, int]:
    """`(the last contact it looked at, at how many it looked, how many of them were meant, how many came or left)`."""
    about = {"workspace": change.workspace_id, "list": change.list_id, "source": change.source_id, "change": change.id}
    verb = Verb(change.verb)
    page = list(tx.scalars(_LOOK.get(verb, _AT_THE_LIST), {**about, "place": change.place, "page": PAGE}))
    chosen = _chosen(tx, change, page)
    moved = set(page) - set(chosen) if verb in (Verb.INTERSECT, Verb.FILTER) else chosen
    done = tx.execute(_COME if verb in ADDING else _LEAVE, {**about, "ids": sorted(moved), "now": clock.now()})
    return max(page, default=0), len(page), len(chosen), done.rowcount  # type: ignore[attr-defined]


def _chosen(tx: Session, change: ListChange, page: list[int]) -> list[int]:
    """Those of a page who are meant."""
    if change.verb == Verb.INTERSECT:
        return list(tx.scalars(_ON_THE_OTHER, {"source": change.source_id, "page": page}))
    meant = fits(change.workspace_id, Conditions(**change.conditions))
    mine = select(Contact.id).where(Contact.workspace_id == change.workspace_id, Contact.id == any_(literal(page, IDS)))
    return list(tx.scalars(mine.where(meant)))


IDS = ARRAY(BigInteger)
_MEMBERS = "select contact_id from list_members where list_id = {} and contact_id > :place order by 1 limit :page"
_AT_THE_LIST, _AT_THE_OTHER = text(_MEMBERS.format(":list")), text(_MEMBERS.format(":source"))
_AT_THE_WORKSPACE = text("""
    select id from contacts where workspace_id = :workspace and id > :place order by id limit :page
""")
_LOOK = {Verb.MERGE: _AT_THE_OTHER, Verb.SUBTRACT: _AT_THE_OTHER, Verb.GATHER: _AT_THE_WORKSPACE}
_ON_THE_OTHER = text("select contact_id from list_members where list_id = :source and contact_id = any(:page)")

# Whoever is deleted as a contact at this moment is passed over.
_COME = text("""
    insert into list_members (list_id, contact_id, change_id, added_at)
    select :list, c.id, :change, :now
    from (select id from contacts where workspace_id = :workspace and id = any(:ids) order by id for key share) c
    on conflict (list_id, contact_id) do nothing
""")
_LEAVE = text("delete from list_members where list_id = :list and contact_id = any(:ids)")
