"""What people and programs do is written down: every route that acts does so, or says here why not."""

import csv
import io
from collections.abc import Iterator
from inspect import ismodule, unwrap
from types import CodeType, FunctionType
from typing import Any

from sqlalchemy import select

from models.api_key import ApiKey, Scope
from models.db import transaction
from models.exports import making
from models.exports.export import Export
from tests.web.programs import asked
from web.audit import audit

# Why what these do is in no audit log. Every other route that editors, managers, operators and programs act by is.
WORDS = "a draft's words, which its revisions tell, with who wrote them"
MEANT = "whom a draft is meant for: what counts is the sending, which is written down"
SHOWS = "shows something, and changes nothing"
UNAUDITED = {
    "brands.preview": SHOWS,
    "drafts.preview": SHOWS,
    "snippets.preview": SHOWS,
    "inspections.create": SHOWS,
    "editions.create": WORDS,
    "editions.update": WORDS,
    "drafts.autosave": WORDS,
    "revisions.restore": WORDS,
    "drafts_api.create": WORDS,
    "drafts_api.revise": WORDS,
    "insertions.create": WORDS,
    "audiences.update": MEANT,
    "audiences_api.update": MEANT,
    "verifications.create": "asks about an address, and changes nothing of anybody's",
    "verifications_api.create": "asks about an address, and changes nothing of anybody's",
    "letters.forward": "the letter itself tells who passed it on to whom",
    "imports.update": "says how a file is to be read; that it came and was run is written down",
    "workspaces.delete": "the audit log goes with the workspace",
    "doctor.examine_again": SHOWS,
    "starts.close": "puts away a list of first steps",
    "starts.reopen": "puts away a list of first steps",
    "subscribers_api.create": "as many as there are sign-ups; each subscription's history tells which key brought it",
}
ACTING = ("edits", "manages", "operates", "owns", "programs")


def test_every_route_that_acts_is_in_the_audit_log_or_says_why_not(app):
    acting = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}
        and getattr(app.view_functions[rule.endpoint], "admits", "") in ACTING
    }
    silent = {endpoint for endpoint in acting if not writes(app.view_functions[endpoint])}
    assert sorted(silent) == sorted(UNAUDITED)


def writes(view: Any) -> bool:
    """Whether it calls `audit`, or what it calls does: followed by name through the rooms of pages."""
    seen: set[Any] = set()
    waiting = [unwrap(view)]
    while waiting:
        function = waiting.pop()
        if function is audit:
            return True
        if function not in seen:
            seen.add(function)
            waiting += [each for each in named(function) if each.__module__.startswith("web.")]
    return False


def named(function: FunctionType) -> Iterator[FunctionType]:
    """The functions whose names it says, its own module's and those of modules that it says."""
    said, known = set(names(function.__code__)), function.__globals__
    modules = [known[name] for name in said if ismodule(known.get(name))]
    for place in (known, *map(vars, modules)):
        yield from (unwrap(place[name]) for name in said if isinstance(place.get(name), FunctionType))


def names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from names(each)


def test_what_a_program_does_is_told_by_the_name_of_its_key(app, ada, adas):
    with transaction() as tx:
        shop = ApiKey.issue(tx, ada.id, "Shop", Scope)
    for path, given in (
        (f"/publications/{ada.publication}/pause", {"because": "a rest"}),
        (f"/subscribers/{ada.subscription}/unsubscribe", {}),
        ("/segments", {"name": "VIPs", "query": 'tag = "vip"'}),
    ):
        assert asked(app, f"/api/v1{path}", "POST", shop, json=given).status_code < 300, path
    log = adas.get("/settings/audit-log").page.xpath("string(//tbody)")
    assert log.count("key Shop") == 3
    assert "paused publication" in log and "ended subscription" in log and "made segment" in log
    page = adas.get("/settings/audit-log?noun=segment")
    assert "made segment" in page.page.xpath("string(//tbody)")
    assert "being made" in page.press("These as CSV").text
    with transaction() as tx:
        number = tx.scalars(select(Export.id).filter_by(source="audit log")).one()
    while making.step(number):
        pass
    (row,) = csv.DictReader(io.StringIO(adas.client.get(f"/exports/{number}/file").get_data().decode("utf-8-sig")))
    assert (row["key"], row["act"], row["noun"], row["words"]) == ("Shop", "made", "segment", "VIPs")
    assert adas.get(f"/exports/{number}").page.xpath("//a[@href='/settings/audit-log?noun=segment']")
