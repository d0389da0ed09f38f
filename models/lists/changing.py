"""A change to a list, done by the page: each page is a transaction, and whoever goes on begins behind the last one."""

from functools import cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from models import clock
from models.db import transaction
from models.lists.change import ListChange, State, Verb
from models.lists.conditions import Conditions

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


def _page(tx: Session, change: ListChange) -> Any:
    conditions, values = Conditions(**change.conditions).sql("c")
    about = {"workspace": change.workspace_id, "list": change.list_id, "source": change.source_id, "change": change.id}
    statement = _statement(Verb(change.verb), conditions)
    return tx.execute(statement, {**about, **values, "place": change.place, "page": PAGE, "now": clock.now()}).one()


@cache
def _statement(verb: Verb, conditions: str) -> TextClause:
    """Looks at a page of some contacts, chooses those that are meant, and does what the verb says."""
    looked_at = {Verb.MERGE: _OF_THE_OTHER, Verb.SUBTRACT: _OF_THE_OTHER, Verb.GATHER: _OF_THE_WORKSPACE}
    done = {Verb.MERGE: _COME, Verb.GATHER: _COME, Verb.SUBTRACT: _LEAVE, Verb.WEED: _LEAVE}
    meant = _ON_THE_OTHER if verb == Verb.INTERSECT else conditions or "true"
    return text(
        _PAGE.format(page=looked_at.get(verb, _OF_THE_LIST), meant=meant, done=done.get(verb, _THE_OTHERS_LEAVE))
    )


_PAGE = """
    with page as ({page} limit :page),
    chosen as (
        select c.id from page join contacts c on c.id = page.id and c.workspace_id = :workspace where {meant}
    ),
    done as ({done})
    select max(id) as place, count(*) as seen, (select count(*) from chosen) as chosen,
           (select count(*) from done) as done
    from page
"""
_MEMBERS = "select contact_id as id from list_members where list_id = {} and contact_id > :place order by contact_id"
_OF_THE_LIST = _MEMBERS.format(":list")
_OF_THE_OTHER = _MEMBERS.format(":source")
_OF_THE_WORKSPACE = "select id from contacts where workspace_id = :workspace and id > :place order by id"
_ON_THE_OTHER = "exists (select from list_members o where o.list_id = :source and o.contact_id = c.id)"
_COME = """
    insert into list_members (list_id, contact_id, change_id, added_at)
    select :list, id, :change, :now from chosen order by id
    on conflict (list_id, contact_id) do nothing returning 1
"""
_LEAVE = "delete from list_members m using chosen where m.list_id = :list and m.contact_id = chosen.id returning 1"
_THE_OTHERS_LEAVE = """
    delete from list_members m using page
    where m.list_id = :list and m.contact_id = page.id and page.id not in (select id from chosen) returning 1
"""
