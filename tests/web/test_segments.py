"""Segments: written with a live count, chosen instead of typed, saved, put away."""

import pytest
from sqlalchemy import text

from models.contact import Contact
from models.db import transaction
from models.segments.segment import Segment

VIPS = 'tag = "vip" and plan = "pro"'


@pytest.fixture
def people(ada):
    """Three of Ada's, and one of another workspace's tags on none of them."""
    with transaction() as tx:
        for name, tags, plan in (("Ann", ["vip"], "pro"), ("Ben", ["vip"], "free"), ("Cid", [], "pro")):
            known = {"email": f"{name.lower()}@example.com", "name": name, "attributes": {"plan": plan}}
            tx.add(Contact(workspace_id=ada.id, tags=tags, **known))


def asked(page, **args):
    return page.get("/segments/preview?" + "&".join(f"{name}={value}" for name, value in args.items()))


def stored():
    with transaction() as tx:
        return tx.execute(text("select name, query from segments order by id desc")).first()


def test_the_count_the_words_the_people_and_why_are_shown(adas, people):
    page = asked(adas, q='tag = "vip" or plan = "pro"')
    assert "3 people Tagged “vip” or plan is “pro”." in page.text
    assert "Ann ann@example.com tagged “vip” · plan is “pro”" in page.text
    assert "Ben ben@example.com tagged “vip” Ann" in page.text


def test_where_a_text_goes_wrong_a_caret_shows(adas, people):
    page = asked(adas, q="tag is vip")
    assert page.status == 200
    assert page.page.find_class("caret")[0].text == "tag is vip\n       ^"
    assert "Character 8: “missing” or “set” was expected." in page.text


def test_it_is_saved_by_a_name_and_changed(ada, adas, people):
    asked(adas, q=VIPS).press("Save the segment", name="Good ones")
    assert adas.page.find(".//h1").text == "Good ones"
    assert "1 person" in adas.text
    adas.get(f"{adas.path}/edit").press("Save", query="TAG = 'x'")
    assert adas.status == 422 and adas.errors == ["Character 7: a text in quotation marks was expected."]
    adas.press("Save", query='subscribed to newsletter "Letters of Ada"')
    assert stored() == ("Good ones", f"subscribed to newsletter {ada.publication}")
    assert "Subscribed to “Letters of Ada”." in adas.text


def test_a_name_stands_once_and_what_is_wrong_is_said_beside_the_field(ada, adas, people):
    asked(adas, q=VIPS).press("Save the segment", name=ada.secret)
    assert adas.status == 422 and "There is a segment of that name already" in adas.errors[0]
    adas.press("Save the segment", name="", query=f"in segment {ada.segment}")
    assert adas.errors[0] == "Please fill this in."
    assert "a saved segment is not made of others" in adas.errors[1]


@pytest.mark.parametrize(
    ("choice", "about", "value", "becomes"),
    [
        ("tag", "", "vip", 'tag = "vip"'),
        ("no-tag", "", 'a"b', 'tag != "a\\"b"'),
        ("is", "plan", "pro", 'plan = "pro"'),
        ("is", "favourite tea", "5", 'attribute "favourite tea" = 5'),
        ("least", "renewed", "2026-01-31", "renewed since 2026-01-31"),
        ("joined-within", "", "30", "joined in the last 30 days"),
        ("opened-none", "", "5", "not opened any of the last 5 editions"),
        ("subscribed", "", "Letters of Ada", 'subscribed to newsletter "Letters of Ada"'),
    ],
)
def test_what_is_chosen_becomes_text(adas, people, choice, about, value, becomes):
    page = asked(adas, q="", choice=choice, about=about, value=value.replace("&", "%26"))
    assert page.page.get_element_by_id("q").value == becomes


def test_rows_are_put_together_and_added_to_what_stands_there(adas, people):
    rows = "choice=tag&about=&value=vip&choice=is&about=plan&value=pro&choice=&about=&value="
    page = adas.get(f"/segments/preview?q=everybody&{rows}&join=or")
    assert page.page.get_element_by_id("q").value == 'everybody or tag = "vip" or plan = "pro"'
    page = adas.get(f'/segments/preview?q=tag is set or tag = "x"&{rows}&join=and')
    assert page.page.get_element_by_id("q").value == '(tag is set or tag = "x") and tag = "vip" and plan = "pro"'


def test_a_row_that_makes_no_sense_is_told_like_any_text(adas, people):
    page = asked(adas, q="", choice="sent", about="", value="seven")
    assert "Character 14: a number was expected." in page.text


def test_it_is_archived_and_restored(ada, adas):
    adas.get(f"/segments/{ada.segment}").press("Archive")
    assert "archived" in adas.get("/segments?away=yes").text
    with transaction() as tx:
        assert Segment.of(tx, ada.id) == []
    adas.get(f"/segments/{ada.segment}").press("Restore")
    with transaction() as tx:
        assert [each.id for each in Segment.of(tx, ada.id)] == [ada.segment]
