"""What cannot be taken back is asked about once more: every form there is does so, or says here why not."""

from models.db import transaction
from models.lists.list import List
from tests.web.routes import call, pages, rows

GIVEN = {"row": "1", "do": "unsubscribe", "verb": "subtract", "other": "1"}  # what they need to ask about something
# Why these ask nothing. The others all do.
UNASKED = {
    "it makes or adds something, and takes nothing away": """
        answers.create api_keys.create audits.export comments.create comments.thank contacts.export_all
        deliveries.export deliveries.export_edition editions.create exports.renew images.create import_rows.export
        inbound_emails.export
        imports.create inspections.create insertions.create list_members.create list_members.export lists.create
        own_addresses.create own_data.create publications.create segments.create snippets.create subscribers.export
        subscriptions.create suppressions.export teams.create verifications.create doctor.register
        second_factors.create""",
    "it saves what stands in the form, and the form is there to say something else": """
        archive_settings.update archive_settings.update_edition audiences.update brands.update contacts.update
        images.update imports.update lists.update notices.update passwords.update people.update preferences.update
        profile.update publications.update segments.update sign_up_pages.update snippets.update streams.update
        team_members.update teams.update workspaces.update schedules.update""",
    "what was written before is kept as a revision": "editions.update drafts.autosave revisions.restore",
    "it shows something, and changes nothing": """
        brands.preview drafts.preview snippets.preview doctor.examine_again workspaces.visit""",
    "there is a button that takes it back": """
        entries.update entries.close entries.reopen entries.delete entries.restore publications.pause
        publications.resume team_members.pause team_members.resume segments.archive segments.restore starts.close
        starts.reopen import_runs.pause import_runs.resume sendings.publish sendings.undo sendings.pause
        sendings.resume sends.pause sends.resume schedules.destroy streams.resume tracking.start suppressions.create
        suppressions.lift preferences.leave import_runs.run reroutings.create reroutings.restore""",
    "it is done again as easily": """
        sessions.end sessions.end_others sign_ins.destroy bulk_changes.stop list_changes.cancel""",
    "it tries again what did not come to its end": """
        failed_jobs.retry failed_jobs.retry_all failures.retry inbound_emails.retry inbound_emails.accept""",
    "its page is the question": """
        bulk_changes.create import_undoings.create inbound_trials.create invitations.create people.create
        setup.create""",
    "its form asks for something that nobody types by mistake": """
        contacts.erase second_factors.confirm second_factors.renew second_factors.remove workspaces.delete""",
    "it mails what somebody has asked for, to those whom they named": """
        firsts.remind firsts.test letters.forward trials.create""",
    "it is a stranger's, whose link or word is the proof": """
        sign_ins.create sign_ins.update password_sign_ins.create sign_ups.create opt_ins.do addresses.do
        farewells.do unsubscriptions.do webhooks.receive_mail webhooks.receive_event""",
    "it asks elsewhere: of all who were found; of those who are ticked, tags come off as easily": "contacts.change",
}


def forms(app):
    """The endpoint of every form, and whether it asks."""
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and not rule.rule.startswith("/api/"):
            yield rule.endpoint, getattr(app.view_functions[rule.endpoint], "asks", False)


def test_every_form_asks_or_says_why_not(app):
    excused = [endpoint for endpoints in UNASKED.values() for endpoint in endpoints.split()]
    assert sorted(excused) == sorted({endpoint for endpoint, asks in forms(app) if not asks})


def test_whoever_is_asked_has_done_nothing_yet(app, ada, adas, monkeypatch):
    monkeypatch.setattr("tests.web.routes.GIVEN", GIVEN)
    asking = {endpoint for endpoint, asks in forms(app) if asks}
    adas.get("/settings/sessions")
    before = rows()
    for endpoint, method, path in pages(app, ada):
        if endpoint in asking and method == "POST":
            assert b"Yes, do it" in call(adas, method, path).data, path
    assert rows() == before


def deleted(number):
    with transaction() as tx:
        found = tx.get(List, number)
        return found is None or found.deleted_at is not None


def test_it_is_asked_on_a_page_of_its_own_and_no_leads_back(ada, adas):
    edit = f"http://localhost/lists/{ada.list}/edit"
    token = adas.get(edit).page.find(".//input[@name='csrf_token']").get("value")
    said = {"csrf_token": token, "other": "kept"}
    adas.answer = adas.client.post(f"/lists/{ada.list}/deletion", data=said, headers={"Referer": edit})
    assert "Delete this list?" in adas.text and not deleted(ada.list)
    assert adas.page.forms[-1].fields["other"] == "kept"
    assert adas.page.xpath("//a[. = 'No, go back']/@href") == [f"/lists/{ada.list}/edit"]
    adas.press("Yes, do it")
    assert deleted(ada.list)


def test_the_way_back_is_never_to_somebody_else(ada, adas):
    token = adas.get("/lists").page.find(".//input[@name='csrf_token']").get("value")
    for elsewhere in ("https://evil.example/x", "http://localhost//evil.example"):
        adas.answer = adas.client.post(
            f"/lists/{ada.list}/deletion", data={"csrf_token": token}, headers={"Referer": elsewhere}
        )
        assert adas.page.xpath("//a[. = 'No, go back']/@href") == ["/"]
