"""The menu: everything has its place in it, and nobody is shown what they may not open."""

from collections import Counter
from pathlib import Path

import pytest

from web.navigation import MENU

PLACES = [place for group in MENU for place in group.places]
STATIC = Path("web/static")


def behind_sign_in(app):
    """The blueprints that have a page for people who are signed in."""
    closed = {
        rule.endpoint.partition(".")[0]
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not getattr(app.view_functions[rule.endpoint], "is_public", False)
    }
    return {noun for noun in closed if noun in app.blueprints and not noun.endswith("_api") and noun != "openapi"}


def test_every_page_behind_a_sign_in_belongs_to_one_place_of_the_menu(app):
    belongs = Counter(noun for place in PLACES for noun in (place.noun, *place.nouns))
    assert max(belongs.values()) == 1
    assert behind_sign_in(app) - belongs.keys() == set()
    assert belongs.keys() - app.blueprints.keys() == set()


def test_every_place_has_a_sign_of_its_own():
    signs = (STATIC / "icons.svg").read_text()
    assert [place.noun for place in PLACES if f'<symbol id="{place.noun}"' not in signs] == []


@pytest.mark.parametrize("who", ["adas", "graces"])
def test_people_are_shown_the_places_that_open_to_them_and_where_they_are(request, who):
    person = request.getfixturevalue(who)
    links = person.get("/").page.get_element_by_id("menu").xpath(".//a/@href")
    assert ("/deliveries" in links, "/publications" in links) == ((True, True) if who == "adas" else (False, False))
    for link in links:
        page = person.get(link).page
        assert page.xpath("//nav[@id='menu']//a[@aria-current]/@href") == [link]


def test_a_page_inside_a_place_marks_it(ada, adas):
    page = adas.get(f"/editions/{ada.edition}/revisions").page
    assert page.xpath("//a[@aria-current='page']/@href") == ["/publications"]


def test_strangers_are_shown_no_menu(browser):
    page = browser().get("/sign-in").page
    assert not page.xpath("//nav | //button[@popovertarget]")


def test_styles_and_scripts_together_stay_below_a_hundred_kilobytes():
    sizes = {path.name: path.stat().st_size for path in STATIC.iterdir() if path.suffix in (".css", ".js")}
    assert sum(sizes.values()) < 100_000, sizes
