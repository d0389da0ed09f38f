"""Search: what is found, by whom, from when on, and how it is shown."""

from datetime import date

from sqlalchemy import select, text

from models.comment import Comment
from models.contact import Contact
from models.db import transaction
from models.entry import Entry
from models.membership import Membership
from models.prompt import Prompt
from tests import people

MONDAY = date(2026, 3, 2)


def seated(clock):
    """Ada, who owns the place, and Grace in a team; Kenji in another."""
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        place = people.workspace(tx)
        team, other = people.team(tx, place), people.team(tx, place, "Relays")
        seats = [people.seat(tx, *where) for where in ((team, "Ada"), (team, "Grace"), (other, "Kenji"))]
        lines = [("done", "Found a moth in relay 70"), ("goal", "Relay <b>relay</b> & relay again"), ("done", "Slept")]
        Prompt.on(tx, seats[1], MONDAY).answer(tx, lines)
        Prompt.on(tx, seats[2], MONDAY).answer(tx, [("done", "Drew a moth-eaten kanji")])
        tx.add(Contact(workspace_id=place.id, email="moth@example.com", name="Percy Moth"))
    return seats


def found(page, asked, **more):
    """`{heading: [line]}`"""
    page.get("/search?" + "&".join(f"{name}={value}" for name, value in ({"q": asked} | more).items()))
    sections = page.page.xpath("//*[@id='found']/section")
    return {each.find("h2").text: [" ".join(li.text_content().split()) for li in each.iter("li")] for each in sections}


def test_words_are_found_as_they_are_typed_ranked_and_marked(clock, signed_in):
    seated(clock)
    page = signed_in(people_named("Ada"))
    assert found(page, "rel")["What was said"] == [
        "Grace Relay <b>relay</b> & relay again goal · Engine, 2 Mar 2026",
        "Grace Found a moth in relay 70 Engine, 2 Mar 2026",
    ]
    assert [mark.text for mark in page.page.iter("mark")][:1] == ["Rel"]
    assert "<mark>Relay</mark> &lt;b&gt;<mark>relay</mark>" in page.get("/search?q=relay&kind=entries").answer.text
    assert found(page, '"moth in" -kanji') == {"What was said": ["Grace Found a moth in relay 70 Engine, 2 Mar 2026"]}
    link = page.page.xpath("//*[@id='found']//a/@href")[0]
    assert link.endswith("day=2026-03-02#entry-1")
    assert page.get(link).status == 200


def test_each_finds_what_they_may_see(clock, signed_in):
    seated(clock)
    assert list(found(signed_in(people_named("Ada")), "moth")) == ["What was said", "Contacts"]
    theirs = signed_in(people_named("Kenji"))
    assert found(theirs, "moth") == {"What was said": ["Kenji Drew a moth-eaten kanji Relays, 2 Mar 2026"]}
    assert found(theirs, "grace") == {}
    assert found(theirs, "moth", kind="contacts") == found(theirs, "moth")
    assert list(found(theirs, "kenji")) == ["People"]
    with transaction() as tx:
        seat = tx.scalars(select(Membership).filter_by(user_id=people.person(tx, "Kenji").id)).one()
        seat.role = "editor"
    assert found(theirs, "moth@")["Contacts"] == ["moth@example.com Percy Moth"]
    assert found(theirs, "percy m")["Contacts"] == ["moth@example.com Percy Moth"]


def test_it_is_found_from_the_moment_it_is_saved_and_no_longer_once_it_is_deleted(clock, signed_in):
    seated(clock)
    page = signed_in(people_named("Grace"))
    page.get("/today").press("Add", body="Zeppelins")
    assert len(found(page, "zepp")["What was said"]) == 1
    with transaction() as tx:
        number = tx.scalar(select(Entry.id).filter_by(body="Zeppelins"))
    page.get(f"/entries/{number}/edit").press("Save", body="Balloons")
    assert (found(page, "zepp"), len(found(page, "balloo"))) == ({}, 1)
    page.get(f"/entries/{number}/edit").press("Delete")
    assert found(page, "balloo") == {}
    signed_in(people_named("Ada")).get("/teams/1?day=2026-03-02").press("Comment", body="Airships")
    assert list(found(page, "airsh")) == ["Comments"]
    with transaction() as tx:
        tx.scalars(select(Comment)).one().deleted_at = clock.forward(minutes=1)
    assert found(page, "airsh") == {}


def test_words_are_found_in_all_their_forms_as_the_browsers_languages_have_them(clock, signed_in):
    _, grace, _ = seated(clock)
    with transaction() as tx:
        lines = [("done", "Shipped the mill"), ("done", "Shipping is dear"), ("goal", "Lieferung an Häuser prüfen")]
        Prompt.on(tx, tx.merge(grace), MONDAY).answer(tx, lines)
    page = signed_in(people_named("Ada"))

    def entries(asked):
        return [line.split(" ", 1)[1].partition(" Engine")[0] for line in found(page, asked).get("What was said", [])]

    assert entries("shipping") == ["Shipping is dear", "Shipped the mill"]
    assert (entries("ships mills"), entries('"shipping is" dears')) == (["Shipped the mill"], ["Shipping is dear"])
    assert (entries("mills -shipping"), entries("mill -shipped")) == (["Shipped the mill"], [])
    assert "<mark>Shipped</mark>" in page.get("/search?q=shipping").answer.text
    assert entries("lieferungen") == []
    page.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de-AT,de;q=0.9,en;q=0.8"
    assert len(entries("lieferungen")) == len(entries("an Häusern")) == len(entries("ships mill")) == 1


def test_nothing_that_is_typed_is_an_error(clock, signed_in):
    seated(clock)
    page = signed_in(people_named("Ada"))
    for asked in (
        "",
        "a",
        "'",
        "%25%25",
        "__",
        "-moth",
        "a b -%22c d",
        "!!",
        "\\\\",
        "moth:*",
        "%00x",
        "(",
        "%EE%80%80x",
        "x" * 999,
    ):
        assert (found(page, asked), page.status)[1] == 200, asked


def test_the_words_of_one_workspace_are_found_by_one_index(ada, charles):
    with transaction() as tx:
        plan = "explain select id from entries where words @@ cast('''keeps'' & ''house 1''' as tsquery)"
        tx.execute(text("set local enable_seqscan = off"))
        assert "ix_entries_words" in " ".join(tx.scalars(text(plan)))


def people_named(name):
    with transaction() as tx:
        return people.person(tx, name)
