"""Every page there is, as strangers and as people of another workspace."""

import pytest

from models import token
from tests.web.routes import call, pages, rows

OPEN = {
    "static", "health.show", "setup.new", "setup.create", "sign_ins.new", "sign_ins.create", "sign_ins.edit",
    "sign_ins.update", "webhooks.receive_mail", "webhooks.receive_event", "previews.index", "previews.show",
    "components.show",
    "sign_ups.new", "sign_ups.create", "opt_ins.show", "opt_ins.do",
    "preferences.edit", "preferences.update", "preferences.leave", "canaries.show",
    "previews.body", "unsubscriptions.show", "unsubscriptions.do", "addresses.show", "addresses.do",
    "farewells.show", "farewells.do",
    "archives.index", "archives.show", "archives.feed", "readers.index", "readers.show", "looks.show",
    "openapi.show", "api_reference.show", "pictures.show",
    "password_sign_ins.new", "password_sign_ins.create",
}  # fmt: skip
BODIES = ("previews.body", "editions.preview", "drafts.preview", "brands.preview", "snippets.preview")
FILES = (
    "static", "inbound_emails.payload", "inbound_emails.mime", "attachments.show", "health.show",
    "exports.file", "contacts.export", "archives.feed", "looks.show", "pictures.show", "thumbnails.show",
    "second_factors.qr", "own_data.file",
    *BODIES,
)  # fmt: skip
# Who makes these, makes what is their own, or changes it.
OWN = (
    "own_data.create", "own_data.delete", "second_factors.create", "deliveries.export", "deliveries_api.export",
    "starts.close", "starts.reopen", "audits.export", "contacts.export_all", "suppressions.export",
    "inbound_emails.export",
)  # fmt: skip
HOME = ("/sign-in", "/")


def test_a_stranger_is_sent_to_sign_in_by_every_page_that_is_not_meant_for_strangers(app, ada, browser):
    stranger = browser().get("/sign-in")
    for endpoint, method, path in pages(app, ada):
        answer = call(stranger, method, path)
        if endpoint in OPEN:
            assert ada.secret not in answer.text, path
        elif path.startswith("/api/"):
            assert answer.status_code == 401, path
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in"), path


def test_a_stranger_changes_nothing(app, ada, browser):
    stranger, before = browser().get("/sign-in"), rows()
    for endpoint, method, path in pages(app, ada):
        if endpoint not in OPEN:
            call(stranger, method, path)
    assert rows() == before


@pytest.mark.parametrize("who", ["owner", "member"])
def test_people_of_another_workspace_find_nothing_of_ada_and_change_nothing(app, ada, charles, signed_in, who):
    outsider = signed_in(getattr(charles, who)).get("/")
    before = rows()
    for endpoint, method, path in pages(app, ada):
        if endpoint in ("sign_ins.destroy", *OPEN, *OWN):
            continue
        answer = call(outsider, method, path, charles.bearer)
        assert ada.secret not in answer.text, path
        assert "House of Ada" not in answer.text, path
        hers = "<id:" in next(rule.rule for rule in app.url_map.iter_rules(endpoint))
        assert answer.status_code in ((403, 404) if hers else (200, 302, 403, 410, 422)), path
    assert rows() == before


def test_numbers_that_are_nobodys_are_no_pages(app, ada, adas):
    none = {
        "team": 99,
        "other_seat": 99,
        "delivery": 99,
        "mail": 2**63 - 1,
        "id": 2**63,
        "publication": 9,
        "edition": 9,
        "past": 9,
        "snippet": 9,
        "image": 9,
        "attachment": 99,
        "imported": 99,
        "row": 99,
        "export": 99,
        "list_export": 99,
        "ledger_export": 99,
        "verification": 99,
        "key": 99,
        "session": 99,
        "membership": 99,
        "segment": 99,
        "contact": 99,
        "subscription": 99,
        "suppression": 99,
        "address": token.sealed("address", 99),
        "list": 99,
        "bulk": 99,
    }
    nobody = type(ada)(**vars(ada) | none)
    before = rows()
    for endpoint, method, path in pages(app, nobody):
        if "<id:" in next(rule.rule for rule in app.url_map.iter_rules(endpoint)):
            assert call(adas, method, path, ada.bearer).status_code == 404, path
    assert rows() == before


def test_no_get_changes_anything(app, ada, adas):
    before = rows()
    for _, method, path in pages(app, ada):
        if method == "GET":
            assert call(adas, method, path, ada.bearer).status_code in (200, 302, 410), path
    assert rows() == before


def test_a_member_sees_what_members_may_and_nothing_that_managers_do(app, ada, graces):
    managers = (
        "deliveries", "inbound_emails", "queues", "failed_jobs", "failures", "doctor", "operations", "sends",
        "invitations", "publications", "subscriptions",
        "editions", "drafts", "revisions", "brands", "sendings", "streams", "letters", "inbound_trials", "imports",
        "import_runs", "import_rows", "api_keys", "snippets", "images", "segments", "lists", "list_members",
        "list_changes", "audiences", "tracking", "results", "exports", "verifications",
        "schedules", "trials", "inspections", "bulk_changes",
    )  # fmt: skip
    for endpoint, method, path in pages(app, ada):
        if endpoint in ("reroutings.restore", "attachments.show"):
            assert call(graces, method, path).status_code == 404, path
        elif endpoint.partition(".")[0] in managers or endpoint in ("teams.new", "teams.create", "teams.update"):
            assert call(graces, method, path).status_code == 403, path
    assert ada.secret in graces.get(f"/teams/{ada.team}?day=2026-03-02").text
    assert graces.get(f"/team-members/{ada.seat}/edit").status == 404
    assert graces.get("/teams").text.count("Team of Ada") == 1


ENDING = ("sign_ins.destroy", "drafts.destroy")  # what others need, or whoever walks


def test_every_page_and_form_tells_the_browser_what_not_to_do(app, ada, adas):
    for endpoint, method, path in pages(app, ada):
        headers = call(adas, method, path).headers if endpoint not in ENDING else adas.answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert ("frame-ancestors 'none'" in policy) == (endpoint not in BODIES)
        assert ("unsafe-inline" in policy) == (endpoint in BODIES)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_a_style_or_script_of_its_own_or_two_things_of_one_name(app, ada, adas):
    for endpoint, method, path in pages(app, ada):
        if method == "GET" and endpoint not in FILES and not path.startswith("/api/"):
            page = adas.get(path).page
            assert not page.xpath("//style | //script[not(@src)] | //@style | //@onclick"), path
            assert len(page.xpath("//@id")) == len(set(page.xpath("//@id"))), path
            for named in page.xpath("//link[@rel='canonical']"):
                named.drop_tree()
            assert not page.xpath("//*[@src or @href][starts-with(@src, 'http') or starts-with(@href, 'http')]"), path
