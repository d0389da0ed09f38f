"""Every page there is, in a real browser: by day and by night, on a desk and on a phone."""

from dataclasses import replace

import pytest

from tests.browser.visit import PHONE, SMALL, WIDE
from tests.web.routes import pages
from tests.web.test_tenants import FILES, OPEN

SHARES = 4  # so that pytest-xdist can walk in several browsers


def named(app, place, public):
    """All pages that are for people, in the order of their addresses: `[(name, path)]`; those of a past edition too."""
    found = {}
    for suffix, here in (("-past", replace(place, edition=place.past)), ("", place)):
        for endpoint, method, path in pages(app, here):
            if method == "GET" and (endpoint in OPEN) == public and endpoint not in FILES and "/api/" not in path:
                found[path] = endpoint + suffix
    return sorted((name, path) for path, name in found.items())


def looked_at(visitor):
    """What is wrong with the page that is open: `[problem]`."""
    visitor.in_the("light").as_wide_as(WIDE)
    problems = [f"on a desk: {barrier}" for barrier in visitor.barriers]
    visitor.in_the("dark").as_wide_as(PHONE)
    problems += [f"on a phone, in the dark: {barrier}" for barrier in visitor.barriers_of_looks]
    for size in (PHONE, SMALL):
        sideways = visitor.as_wide_as(size).hidden_sideways
        problems += [f"{sideways} pixels too wide for {size[0]}"] if sideways else []
    problems += [f"the console says: {each}" for each in visitor.complaints]
    visitor.complaints.clear()
    return problems


def walked(visitor, paths):
    """All that is wrong, a line each."""
    return "\n".join(f"{path}: {problem}" for _, path in paths for problem in looked_at(visitor.go(path)))


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_behind_a_sign_in_is_for_everybody(app, ada, visit, share):
    owner = visit(ada.owner)
    assert walked(owner, named(app, ada, public=False)[share::SHARES]) == ""


def test_every_page_for_strangers_is_for_everybody(app, ada, visit):
    assert walked(visit(), named(app, ada, public=True)) == ""


def test_questions_and_refusals_are_for_everybody_too(ada, visit):
    owner = visit(ada.owner).go(f"/settings/people/{ada.membership}").press("Remove Grace")
    assert owner.page.get_by_role("button", name="Yes, do it").is_visible()
    assert looked_at(owner) == []
    owner.go("/teams/new").write("Name", " ").press("Create the team")
    assert owner.page.locator("[aria-invalid=true]").count() == 1
    owner.complaints.clear()  # of the answer's status, 422
    assert looked_at(owner) == []
