"""The description of the API: what it says is what there is."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from web.api import described, shapes

DOCUMENT = "/api/v1/openapi.json"


@pytest.fixture
def document(app):
    return app.test_client().get(DOCUMENT).json


def test_it_is_openapi(document):
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_is_in_it_with_its_arguments_its_scope_and_its_words(app, document):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and rule.rule != DOCUMENT:
            path = rule.rule.removeprefix("/api/v1").replace("<id:", "{").replace(">", "}")
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                about = document["paths"][path][method.lower()]
                assert about["operationId"] == rule.endpoint and about["description"].endswith((".", "…"))
                assert about["security"] == [{"key": [app.view_functions[rule.endpoint].scope]}]
                named = {each["name"] for each in about["parameters"] if each["in"] == "path"}
                assert named == rule.arguments
                assert any(each["name"] == "Idempotency-Key" for each in about["parameters"]) == (method == "POST")


def test_a_route_takes_the_filters_it_names_and_no_others(app, ada, call):
    known = {
        "publication_id": ada.publication,
        "edition_id": ada.edition,
        "import_id": ada.imported,
        "list_id": ada.list,
    }
    for rule in app.url_map.iter_rules():
        about = described.of(app.view_functions[rule.endpoint])
        if about and "GET" in rule.methods and about.query:
            path = app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments})
            assert "There is no filter 'other'" in call(f"{path}?other=1").text, path
            for name in about.query:
                assert "There is no filter" not in call(f"{path}?{name}=1").text, (path, name)


def test_a_route_takes_the_fields_it_names_and_no_others(app, ada, call):
    for rule in app.url_map.iter_rules():
        about = described.of(app.view_functions[rule.endpoint])
        if about and not rule.arguments and "POST" in rule.methods and about.takes:
            assert "There is no field 'other'" in call(rule.rule, "POST", json={"other": 1}).text
            assert about.needed and f"Please give {about.needed[0]}." in call(rule.rule, "POST", json={}).text


@pytest.mark.parametrize(
    ("value", "shape", "wrong"),
    [
        (1, shapes.ID, None),
        (0, shapes.ID, "is from 1 to"),
        (True, shapes.ID, "is a number"),
        ("1", shapes.ID, "is a number"),
        (None, shapes.maybe(shapes.ID), None),
        ("x", shapes.maybe(shapes.ID), "is a number"),
        ("xx", shapes.text(1), "at most 1 characters"),
        ("  ", shapes.text(9, least=1), "is not blank"),
        ("a\0b", shapes.TEXT, "letters that no text has"),
        ("a\ud800b", shapes.TEXT, "letters that no text has"),
        ("no", shapes.word("a", "b"), "is one of a, b"),
        (["a", 1], shapes.many(shapes.TEXT), "each of which is a text"),
        (["a", "b"], shapes.many(shapes.TEXT, 1), "at most 1 members"),
        ([], shapes.ANYTHING, "is an object"),
    ],
)
def test_what_is_sent_is_held_against_its_shape(value, shape, wrong):
    found = shapes.problem(value, shape)
    assert found is None if wrong is None else wrong in found


def test_people_read_the_same_on_a_page(app):
    page = app.test_client().get("/api-reference").text
    for words in ("PATCH /editions/{edition_id}", "editions:write", "Idempotency-Key", DOCUMENT):
        assert words in page
