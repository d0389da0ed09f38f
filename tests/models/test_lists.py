"""Lists of contacts: grown, merged, subtracted, filtered, and nobody lost in between."""

import pytest
from sqlalchemy import delete, func, select

from jobs.door import queue_named
from jobs.lists import change_list, drop_list, sweep_lists
from models.contact import Contact
from models.db import transaction
from models.lists import changing, fitting
from models.lists.change import ListChange
from models.lists.conditions import Conditions
from models.lists.list import Busy, List
from models.lists.member import ListMember
from models.publication import Publication
from models.suppression import Suppression
from tests import people


@pytest.fixture
def workspace():
    with transaction() as tx:
        return people.workspace(tx).id


@pytest.fixture
def listed(workspace):
    """A list of those names, made if there is none."""

    def grown(name, *names):
        with transaction() as tx:
            found = List.named(tx, workspace, name) or List.begin(tx, workspace, name)
            found.grow(tx, {people.address(each): each for each in names})
            return found.id

    return grown


def told(number, verb, *about):
    """Starts what a list is told, and does it to its end; what became of everybody."""
    with transaction() as tx:
        change = getattr(tx.get_one(List, number), verb)(tx, *about)
    change_list(change.id)
    with transaction() as tx:
        return tx.get_one(ListChange, change.id).result


def other(number):
    with transaction() as tx:
        return tx.get_one(List, number)


def names(number):
    """Who is on it; the number that it says of itself is true."""
    with transaction() as tx:
        found = select(Contact.name).join(ListMember).where(ListMember.list_id == number).order_by(Contact.name)
        known = list(tx.scalars(found))
        assert tx.get_one(List, number).members == len(known)
    return known


def test_a_list_grows_by_addresses_and_says_how_many_were_there(workspace, listed):
    number = listed("Friends", "Ada", "Grace")
    with transaction() as tx:
        change = tx.get_one(List, number).grow(tx, {"grace@example.com": "G", "hedy@example.com": ""})
    assert change.result == {"came": 1, "were on it already": 1}
    assert names(number) == ["", "Ada", "Grace"]


def test_lists_are_merged_subtracted_and_intersected(listed):
    first, second = listed("First", "Ada", "Grace", "Hedy"), listed("Second", "Hedy", "Mary")
    assert told(first, "merge", other(second)) == {"came": 1, "were on it already": 1}
    assert names(first) == ["Ada", "Grace", "Hedy", "Mary"]
    third = listed("Third", "Ada", "Mary", "Zoe")
    assert told(first, "subtract", other(third)) == {"left": 2, "were not on it": 1}
    assert names(first) == ["Grace", "Hedy"]
    assert told(first, "intersect", other(second)) == {"left": 1, "stay": 1}
    assert (names(first), names(second)) == (["Hedy"], ["Hedy", "Mary"])


@pytest.mark.parametrize("page", [1, 2, 3, 7])
def test_it_goes_by_pages_and_a_job_that_is_lost_or_repeated_changes_nothing(listed, page, monkeypatch):
    monkeypatch.setattr(changing, "PAGE", page)
    first, second = listed("First", "Ada", "Grace"), listed("Second", "Ada", "Hedy", "Mary", "Zoe", "Ida")
    with transaction() as tx:
        change = tx.get_one(List, first).merge(tx, tx.get_one(List, second)).id
    changing.step(change)
    with transaction() as tx:
        assert tx.get_one(ListChange, change).seen == min(page, 5)
    change_list(change)
    change_list(change)
    with transaction() as tx:
        done = tx.get_one(ListChange, change)
        assert (done.state, done.result, done.seen) == ("finished", {"came": 4, "were on it already": 1}, 5)
    assert len(names(first)) == 6


def test_what_is_filtered_fits_every_condition(workspace, listed):
    number = listed("All", "Ada", "Grace", "Hedy", "Ida")
    with transaction() as tx:
        notes = Publication(workspace_id=workspace, name="Notes")
        tx.add(notes)
        tx.flush()
        notes.subscribe(tx, {"ada@example.com": "", "hedy@example.com": ""}, consent="on paper")
        Suppression.impose(tx, workspace, "hedy@example.com", "broadcast", reason="HardBounce", origin="Recipient")
        known = {each.name: each for each in tx.scalars(select(Contact))}
        known["Grace"].attributes, known["Grace"].tags = {"City": "New York", "year": 1906}, ["navy"]

    def who(**said):
        with transaction() as tx:
            found = tx.scalars(fitting.members(workspace, number, Conditions(**said))).all()
            return sorted(each.contact.name for each in found)

    assert who() == ["Ada", "Grace", "Hedy", "Ida"]
    assert who(words="A@EX") == ["Ada", "Ida"]
    assert who(words="%") == who(words="_") == who(domain="ample.com") == []
    assert who(domain="example.com", words="gra") == ["Grace"]
    assert who(attribute="City", value="New York") == who(attribute="year", value="1906") == ["Grace"]
    assert who(tag="navy") == ["Grace"]
    assert who(publication=notes.id) == ["Ada", "Hedy"]
    assert who(publication=notes.id, subscribed="no") == ["Grace", "Ida"]
    assert who(publication=notes.id, suppressed="no") == ["Ada"]
    assert who(suppressed="yes") == ["Hedy"]
    assert told(number, "weed", Conditions(suppressed="yes")) == {"left": 1, "stay": 3}
    assert told(number, "filter", Conditions(words="a@")) == {"left": 1, "stay": 2}
    assert names(number) == ["Ada", "Ida"]
    assert told(number, "gather", Conditions(tag="navy")) == {"came": 1, "do not fit": 3}
    asked = Conditions(words="a", publication=notes.id, subscribed="no")
    assert Conditions(**asked.told()) == asked
    assert asked.described({notes.id: "Notes"}) == (
        "“a” is in the name or the address and they do not subscribe to Notes"
    )


def test_people_are_removed_by_number_and_by_address(workspace, listed):
    number = listed("Friends", "Ada", "Grace", "Hedy")
    with transaction() as tx:
        ada = tx.scalar(select(Contact.id).filter_by(name="Ada"))
        assert tx.get_one(List, number).remove(tx, [ada, 999]).result == {"left": 1, "were not on it": 1}
        gone = tx.get_one(List, number).remove_addresses(tx, ["ada@example.com", "grace@example.com", "x@example.com"])
        assert gone.result == {"left": 1, "were not on it": 2}
    assert names(number) == ["Hedy"]


def test_a_list_has_one_long_change_at_a_time_and_a_canceled_one_stops(listed):
    first, second = listed("First", "Ada"), listed("Second", "Grace")
    with transaction() as tx:
        change = tx.get_one(List, first).merge(tx, tx.get_one(List, second))
    with transaction() as tx, pytest.raises(Busy):
        tx.get_one(List, first).subtract(tx, tx.get_one(List, second))
    with transaction() as tx, pytest.raises(Busy):
        tx.get_one(List, second).delete(tx)
    with transaction() as tx:
        assert tx.get_one(ListChange, change.id).cancel(tx)
    change_list(change.id)
    assert names(first) == ["Ada"]


def test_a_deleted_list_frees_its_name_at_once_and_its_contacts_stay(workspace, listed, monkeypatch):
    monkeypatch.setattr("models.lists.list.DROPPED_AT_ONCE", 2)
    number = listed("Friends", "Ada", "Grace", "Hedy")
    with transaction() as tx:
        assert tx.get_one(List, number).delete(tx) == []
    again = listed("Friends", "Ida")
    with transaction() as tx:
        assert List.of(tx, workspace, number) is None
    drop_list(number)
    drop_list(number)
    drop_list(again)
    with transaction() as tx:
        assert tx.get(List, number) is None
        assert tx.scalar(select(func.count(Contact.id))) == 4
    assert names(again) == ["Ida"]


def test_who_is_deleted_as_a_contact_is_on_no_list_any_more_and_counted(listed):
    first, second = listed("First", "Ada", "Grace"), listed("Second", "Ada")
    with transaction() as tx:
        tx.execute(delete(Contact).filter_by(name="Ada"))
    assert (names(first), names(second)) == (["Grace"], [])


def test_the_sweep_takes_up_what_lost_its_job(listed, clock):
    first, second = listed("First", "Ada"), listed("Second", "Grace")
    with transaction() as tx:
        change = tx.get_one(List, first).merge(tx, tx.get_one(List, second)).id
        dead = List.begin(tx, people.workspace(tx, "Charles", "Difference").id, "Gone")
        dead.delete(tx)
    sweep_lists()
    assert [job.args for job in queue_named("low").jobs] == [[dead.id]]
    clock.forward(minutes=2)
    sweep_lists()
    assert [change] in [list(job.args) for job in queue_named("low").jobs]
