"""Writing a draft: seen as it is typed, kept, found again, and never overwritten by somebody else."""

import pytest
from lxml import html

from jobs.inspections import look_at
from models.db import transaction
from models.edition import Edition
from models.finding import Finding, Found, Severity
from models.inspection import Inspection
from models.revision import Revision


@pytest.fixture
def draft(ada, adas):
    """The path of one that Ada has written."""
    adas.get(f"/publications/{ada.publication}/editions/new").press("Save", subject="Note G", body="First words.")
    return adas.path


def typed(page, **words):
    """What a form on the page sends, with these words typed into it."""
    form = next(form for form in page.page.forms if "since" in form.inputs)
    kept = {name: form.inputs[name].value or "" for name in form.inputs.keys()}  # noqa: SIM118
    return kept | words


def found(checks):
    """Where each finding leads, and the words that it is about."""
    return {(link.get("href"), link.get("data-place")) for link in checks.iter("a")}


def revisions(path):
    with transaction() as tx:
        number = int(path.rpartition("/")[2])
        return [
            (r.number, r.manner, r.body)
            for r in tx.query(Revision).filter_by(edition_id=number).order_by(Revision.number)
        ]


def edition(path):
    with transaction() as tx:
        return tx.get_one(Edition, int(path.rpartition("/")[2]))


@pytest.fixture
def editors(ada, graces):
    """Grace, who may write newsletters too."""
    from models.membership import Membership, Role

    with transaction() as tx:
        tx.query(Membership).filter_by(user_id=ada.member.id).one().role = Role.EDITOR
    return graces


def test_a_preview_shows_what_is_in_the_form_and_keeps_nothing(ada, adas, draft):
    words = typed(adas.get(f"{draft}/edit"), body="Hello **{{ name }}**")
    answer = adas.client.post(f"/publications/{ada.publication}/draft-preview", data=words)
    assert "<strong>Ada</strong>" in answer.text
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer = adas.client.post(f"/publications/{ada.publication}/draft-preview", data=words | {"body": "{{ x }}"})
    assert "there is no field" in answer.text
    assert revisions(draft) == [(1, "saved", "First words.")]


def test_a_preview_names_what_is_being_written(ada, adas, draft):
    text = "# Hello\n\nOne.\n\n- a\n- b\n\n> Two.\n\nThree."
    words = typed(adas.get(f"{draft}/edit"), body=text, subject="")
    for line, named in (("0", []), ("2", ["One."]), ("5", ["a b"]), ("8", ["Two."]), ("99", ["Three."]), ("x", [])):
        answer = adas.client.post(f"/publications/{ada.publication}/draft-preview", data=words | {"line": line})
        found = html.document_fromstring(answer.text).xpath("//*[@id='here']")
        assert [" ".join(piece.text_content().split()) for piece in found] == named, line


def test_another_is_written_like_one_that_has_gone_out_and_a_draft_is_deleted(ada, adas, draft):
    adas.get(draft).press("Publish to 1 subscriber", anyway="yes")
    adas.get(draft)
    adas.get(adas.page.xpath("//a[text()='Write another like it']")[0].get("href"))
    assert adas.page.get_element_by_id("body").value.strip() == "First words."
    adas.press("Save", subject="Note H")
    assert revisions(adas.path) == [(1, "saved", "First words.")] and adas.path != draft
    other = adas.path
    adas.press("Delete").press("Yes, do it")
    assert "Note H is deleted." in adas.text and adas.get(other).status == 404 and revisions(other) == []
    adas.client.post(
        f"{draft}/removal",
        data={"sure": "yes", "csrf_token": typed(adas.get(f"{draft[:-1]}{ada.edition}/edit"))["csrf_token"]},
    )
    assert revisions(draft) == [(1, "saved", "First words.")]


def test_a_draft_keeps_itself_and_gives_way_to_what_is_saved(adas, draft):
    adas.get(f"{draft}/edit")
    words = typed(adas, body="Second")
    answer = adas.client.post(f"{draft}/autosave", data=words)
    assert answer.json == {"since": 2}
    again = adas.client.post(f"{draft}/autosave", data=words | {"body": "Third"})  # its page has not heard of 2 yet
    assert again.json == {"since": 3}
    adas.press("Save", body="Fourth", since="3")
    assert revisions(draft) == [(1, "saved", "First words."), (2, "autosaved", "Second"), (4, "saved", "Fourth")]
    assert "Fourth" in edition(draft).html


def test_a_draft_that_kept_itself_is_looked_at_once_and_links_are_not_followed_again(adas, draft):
    number = int(draft.rpartition("/")[2])
    words = typed(adas.get(f"{draft}/edit"), body="![](https://example.com/a.png) [gone](http://127.0.0.1:9/)")
    adas.client.post(f"{draft}/autosave", data=words)
    look_at(number)
    with transaction() as tx:
        first = tx.query(Inspection).filter_by(edition_id=number).one()
        found = {each.kind: each for each in first.findings}
        Finding.settle(tx, found["link"].id, Found("link", Severity.SERIOUS, "", "It answers 404."))
    look_at(number)
    adas.client.post(f"{draft}/autosave", data=words | {"body": words["body"] + " [gone](http://127.0.0.1:9/)"})
    look_at(number)
    with transaction() as tx:
        again = tx.query(Inspection).filter_by(edition_id=number).one()
        advice = {each.place: each.advice for each in again.findings}
    assert again.id != first.id and advice[found["link"].place] == "It answers 404."


def test_what_is_found_stands_beside_the_form_and_leads_to_where_it_is_mended(ada, adas, draft):
    words = typed(adas.get(f"{draft}/edit"), subject="RE: SHOUTING ALOUD", body="Hello [name]")
    adas.client.post(f"{draft}/autosave", data=words)
    checks = adas.get(f"{draft}/edit").page.get_element_by_id("checks")
    places = found(checks)
    assert {(f"{draft}/edit#subject", "RE: SHOUTING ALOUD"), (f"{draft}/edit#body", "[name]")} <= places
    assert (f"/publications/{ada.publication}/brand", "End of the letter") in places
    adas.press("Save", body="{{ nobody }}")
    assert adas.status == 422
    checks = adas.page.get_element_by_id("checks")
    assert found(checks) == places and "not of what is in this form" in checks.text_content()


def test_saving_the_same_again_is_no_revision(adas, draft):
    adas.get(f"{draft}/edit").press("Save")
    assert revisions(draft) == [(1, "saved", "First words.")]


def test_two_who_write_at_once_do_not_overwrite_each_other(ada, adas, editors, draft):
    adas.get(f"{draft}/edit")
    editors.get(f"{draft}/edit").press("Save", body="Grace's words.")
    adas.press("Save", body="Ada's words.")
    assert adas.status == 409
    assert "Grace has saved this draft meanwhile" in adas.text
    assert adas.page.find(".//del").text == "Grace's words." and adas.page.find(".//ins").text == "Ada's words."
    assert adas.page.get_element_by_id("body").value.strip() == "Ada's words."
    assert found(adas.page.get_element_by_id("checks")) >= {
        (f"/publications/{ada.publication}/brand", "End of the letter")
    }
    assert edition(draft).text.startswith("Grace's words.")
    adas.press("Save")
    assert edition(draft).text.startswith("Ada's words.")
    assert [body for _, _, body in revisions(draft)] == ["First words.", "Grace's words.", "Ada's words."]


def test_an_autosave_that_comes_second_is_told_and_keeps_nothing(adas, editors, draft):
    words = typed(adas.get(f"{draft}/edit"), body="Ada's words.")
    editors.get(f"{draft}/edit").press("Save", body="Grace's words.")
    answer = adas.client.post(f"{draft}/autosave", data=words)
    assert answer.status_code == 409 and answer.json["problem"].startswith("Grace has saved this draft")
    assert edition(draft).text.startswith("Grace's words.")


def test_an_older_revision_is_compared_and_brought_back(adas, draft):
    adas.get(f"{draft}/edit").press("Save", body="Second words.")
    adas.get(f"{draft}/revisions/1")
    assert adas.page.find(".//ins").text == "Second words."
    adas.press("Make it the draft again")
    assert adas.page.get_element_by_id("body").value.strip() == "First words."
    assert edition(draft).text.startswith("First words.")
    assert "Revision 3" in adas.get(f"{draft}/revisions").text


def test_what_has_been_published_is_not_autosaved(ada, adas, draft):
    words = typed(adas.get(f"{draft}/edit"), body="Too late.")
    adas.get(draft).press("Publish to 1 subscriber")
    answer = adas.client.post(f"{draft}/autosave", data=words)
    assert (answer.status_code, answer.json) == (409, {"problem": "It has been published."})
