"""Newsletters, and who subscribes to them."""

import pytest
from sqlalchemy import select

from models.contact import Contact
from models.db import transaction
from models.publication import Publication
from models.subscription import Subscription


def add(page, publication, people, consent="signed up at the fair"):
    return page.get(f"/publications/{publication}/subscriptions/new").press("Add", people=people, consent=consent)


def subscribers(publication):
    with transaction() as tx:
        found = select(Contact.email, Contact.name, Subscription.state, Subscription.consent).join(Subscription)
        rows = tx.execute(found.where(Subscription.publication_id == publication).order_by(Contact.email))
        return [tuple(row) for row in rows]


def test_a_newsletter_is_made_and_renamed(ada, adas):
    adas.get("/publications/new").press("Create the newsletter", name=" Notes  on\tG ")
    assert "Notes on G" in adas.text
    adas.get(f"{adas.path}/edit").press("Save", name="Notes")
    assert "Notes" in adas.get("/publications").text
    assert "Notes on G" not in adas.text


@pytest.mark.parametrize("name", ["", "Letters of Ada", "x" * 81])
def test_a_name_must_be_given_free_and_short(ada, adas, name):
    adas.get("/publications/new").press("Create the newsletter", name=name)
    assert adas.status == 422
    assert len(adas.errors) == 1


def test_subscribers_are_pasted_with_what_they_agreed_to(ada, adas):
    add(adas, ada.publication, "Grace Hopper <Grace@Example.com>\nkatherine@example.com; grace@example.com")
    assert "2 added." in adas.text
    assert "3 subscribers" in adas.text
    assert subscribers(ada.publication)[:2] == [
        ("grace@example.com", "Grace Hopper", "active", "signed up at the fair"),
        ("katherine@example.com", "", "active", "signed up at the fair"),
    ]


def test_pasting_twice_adds_nobody_twice_and_brings_nobody_back(ada, adas, browser):
    browser().client.post(f"/unsubscribe/{ada.unsubscribe}")
    add(adas, ada.publication, "reader.of.ada@example.com\nnew@example.com")
    assert "1 added. 1 were here before and stay as they are." in adas.text
    assert "1 unsubscribed" in adas.text
    assert [row[2] for row in subscribers(ada.publication)] == ["active", "unsubscribed"]


def test_a_name_is_learned_where_there_was_none_and_never_forgotten(ada, adas):
    add(adas, ada.publication, "Reader <reader.of.ada@example.com>")
    add(adas, ada.publication, "Another <reader.of.ada@example.com>")
    assert subscribers(ada.publication)[0][1] == "Reader"


@pytest.mark.parametrize(
    ("people", "consent", "errors"),
    [
        ("", "on paper", ["Please give at least one address."]),
        ("ada@example.com", "", ["Please fill this in."]),
        ("nobody\nad a@example.com", "on paper", ["Line 1: 'nobody' is", "Line 2: 'ad a@example.com' is"]),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(ada, adas, people, consent, errors):
    add(adas, ada.publication, people, consent)
    assert adas.status == 422
    assert len(adas.errors) == len(errors)
    assert all(told.startswith(error) for told, error in zip(adas.errors, errors, strict=True))
    assert len(subscribers(ada.publication)) == 1


def test_of_very_many_problems_the_first_are_told(ada, adas):
    add(adas, ada.publication, "\n".join(f"wrong{n}" for n in range(1_000)))
    assert adas.errors[-1] == "… and 980 more."


def test_very_many_are_added_at_once(ada, adas):
    add(adas, ada.publication, "\n".join(f"p{n}@example.com" for n in range(10_000)))
    assert "10,000 added." in adas.text
    add(adas, ada.publication, "\n".join(f"p{n}@example.com" for n in range(10_001)))
    assert adas.errors == ["That is 10,001 people; please add at most 10,000 at once."]


def test_it_is_paused_with_a_reason_and_resumed(ada, adas):
    adas.get(f"/publications/{ada.publication}").press("Pause", because="")
    assert adas.status == 422 and adas.errors
    adas.press("Pause", because="the printer's devil")
    assert "the printer's devil" in adas.text
    assert "the printer's devil" in adas.get(f"/editions/{ada.edition}").text
    adas.get(f"/publications/{ada.publication}").press("Resume")
    with transaction() as tx:
        assert tx.get_one(Publication, ada.publication).paused_at is None


def test_its_editions_come_by_pages(ada, adas):
    from models.edition import Edition

    with transaction() as tx:
        words = {"workspace_id": ada.id, "publication_id": ada.publication, "html": "x", "text": "x"}
        tx.add_all([Edition(subject=f"Number {n}", **words) for n in range(60)])
    adas.get(f"/publications/{ada.publication}")
    adas.get(adas.page.xpath("//a[@rel='next']")[0].get("href"))
    assert adas.page.xpath("//main//tr/th/a/text()")[-1] == ada.secret


def test_its_editions_are_found_by_words_and_state(ada, adas):
    def found(query):
        return adas.get(f"/publications/{ada.publication}?{query}").page.xpath("//main//tr/th/a/text()")

    from models.edition import Edition

    with transaction() as tx:
        words = {"workspace_id": ada.id, "publication_id": ada.publication, "html": "x", "text": "x"}
        tx.add_all([Edition(subject=f"100% of Note {n}", **words) for n in "ABC"])
        tx.add(Edition(subject="Note G", state="canceled", **words))
    assert found("words=note&state=draft&sort=oldest") == [f"100% of Note {n}" for n in "ABC"]
    assert found("words=0%25+of+note+b") == ["100% of Note B"]
    assert found("state=canceled") == ["Note G"] and len(found("state=nonsense")) > 4
    assert found("words=nothing+like+it") == [] and "No edition like that." in adas.text
    assert adas.page.get_element_by_id("editions").getnext().inputs["words"].value == "nothing like it"
