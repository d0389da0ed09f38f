"""Text that letters say by its name."""

import pytest
from sqlalchemy import select

from models.db import transaction
from models.edition import Edition
from models.snippet import Snippet


@pytest.fixture
def keep(adas):
    return lambda name, body: adas.get("/snippets/new").press("Save", name=name, body=body)


@pytest.fixture
def write(ada, adas):
    """The browser after a letter was saved."""
    path = f"/publications/{ada.publication}/editions/new"
    return lambda body, **more: adas.get(path).press("Save", subject="News", body=body, **more)


def test_a_letter_says_it_with_its_fields_and_in_its_text(ada, keep, write):
    keep("opening", '**Open** till six, {{ first_name | default("friend") }}.')
    assert write("Hello\n\n{{ snippets.opening }}").status == 200
    with transaction() as tx:
        edition = tx.scalars(select(Edition).filter_by(subject="News")).one()
    assert "<strong>Open</strong> till six, {{ first_name" in edition.html and "Open till six" in edition.text


def test_one_that_is_not_there_is_told_beside_the_letter(write):
    assert write("{{ snippets.nothing }}").errors == ["There is no snippet 'nothing'."]


def test_what_has_gone_is_told_before_a_draft_is_sent(ada, adas, keep, write):
    keep("sign_off", "Yours")
    path = write("Hello {{ snippets.sign_off }}").path
    with transaction() as tx:
        number = tx.scalar(select(Snippet.id).filter_by(name="sign_off"))
    adas.get(f"/snippets/{number}").press("Remove it").press("Yes, do it")
    assert "There is no snippet" in adas.get(path).text


@pytest.mark.parametrize(
    ("name", "body"),
    [("Hours", "x"), ("a b", "x"), ("hours", "x"), ("", "x"), ("a", " "), ("a", "{{ nothing }}"), ("a", "x" * 20_001),
     ("a", "{{ snippets.hours }}"), ("a", "{{ snippets.a }}")],
)  # fmt: skip
def test_one_that_cannot_be_is_refused_beside_its_field(keep, name, body):
    answer = keep(name, body)
    assert answer.status == 422 and len(answer.errors) == 1


def test_another_workspaces_are_not_said(charles, ada, write):
    with transaction() as tx:
        tx.add(Snippet(workspace_id=charles.id, name="theirs", body="theirs"))
    assert write("{{ snippets.theirs }}").errors == ["There is no snippet 'theirs'."]


def test_a_preview_shows_the_text_before_it_has_a_name_and_says_what_is_wrong_with_it(adas):
    csrf = adas.get("/snippets/new").page.find(".//input[@name='csrf_token']").get("value")
    look = lambda body: adas.client.post("/snippets/preview", data={"csrf_token": csrf, "body": body}).text  # noqa: E731
    assert "<strong>Open</strong>" in look("**Open** till six")
    assert "A snippet cannot have another in it." in look("{{ snippets.hours }}")
