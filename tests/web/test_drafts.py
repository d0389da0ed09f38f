"""Drafts are written: what is wrong is said beside the field, and what is right is seen as a reader would."""

import pytest

from tests.web.newsletters import LEAVE


def write(page, ada, button="Save", **words):
    start = {"subject": "News", "format": "html", "body": f"<p>Hello {LEAVE}</p>", "plain": LEAVE}
    return page.get(f"/publications/{ada.publication}/editions/new").press(button, **start | words)


def test_a_draft_is_written_looked_at_and_changed(ada, adas):
    body = f"<html><body><style>p {{ color: red }}</style><p>Hello {{{{ name }}}} {LEAVE}</p></body></html>"
    write(adas, ada, subject="For {{ name }}", body=body)
    assert "Subject: For Ada" in adas.text
    frame = adas.page.find(".//iframe")
    assert frame.get("sandbox") == ""
    shown = adas.path
    body = adas.get(frame.get("src")).answer
    assert 'style="color:red"' in body.text and "Hello Ada" in body.text
    assert "sandbox" in body.headers["Content-Security-Policy"]
    adas.get(f"{shown}/edit").press("Save", subject="Again")
    assert adas.page.find(".//h1").text == "Again"


def test_what_a_new_edition_begins_with_can_be_saved(ada, adas):
    adas.get(f"/publications/{ada.publication}/editions/new").press("Save", subject="As it is")
    assert adas.status == 200
    assert "Hello Ada" in adas.text and "Unsubscribe" in adas.text


@pytest.mark.parametrize("field", ["subject", "preheader", "body", "plain"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{{ name", "Line 1: unexpected end of template"),
        ("{% endif %}", "Line 1: Encountered unknown tag"),
        ("{{ nmae }}", "there is no field 'nmae'"),
        ("{{ first_name }}", "so it needs a fallback: {{ first_name | default("),
        ("{{ attributes.city | default(city) }}", "a fallback is words in quotes"),
        ("{{ name|upper }}", "only plain fields work here"),
        ("{% if name %}x{% endif %}", "only plain fields work here"),
        ("{% for x in range(9**9) %}x{% endfor %}", "only plain fields work here"),
        ("{{ ''.__class__.__mro__ }}", "only plain fields work here"),
        ("{% include 'layout.html' %}", "only plain fields work here"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_kept_for_mending(ada, adas, field, words, told):
    write(adas, ada, **{field: words})
    assert adas.status == 422
    (error,) = adas.page.xpath(f"//*[@id='{field}-errors']/li")
    assert told in error.text_content()
    assert words in (adas.page.get_element_by_id(field).value or "")


@pytest.mark.parametrize("field", ["subject", "body"])
def test_what_must_be_written_is_asked_for(ada, adas, field):
    write(adas, ada, **{field: " "})
    assert adas.errors == ["Please fill this in." if field == "subject" else "Please write something."]


def test_the_line_is_named(ada, adas):
    write(adas, ada, body=f"{LEAVE}\n\n{{{{ a }}}}\n{{{{ b }}}}")
    assert [error[:29] for error in adas.errors] == ["Line 3: there is no field 'a'", "Line 4: there is no field 'b'"]


@pytest.mark.parametrize(
    ("field", "words"), [("body", "<html><body>No way out</body></html>"), ("plain", "No way out")]
)
def test_everybody_must_be_able_to_leave(ada, adas, field, words):
    write(adas, ada, **{field: words})
    assert adas.errors == ["Please put {{ unsubscribe_link }} somewhere: everybody must be able to leave."]


def test_a_mail_that_gmail_would_cut_off_is_pointed_out(ada, adas):
    write(adas, ada, body=f"<p>{LEAVE}{'x' * 110_000}</p>")
    assert "Gmail cuts mails off at 102 KB" in adas.text
