"""What a program is told when it is wrong, or may not, or we are down."""

import io

import pytest
from sqlalchemy import text

from jobs.door import queue_named
from models.api_key import ApiKey, Scope
from models.db import transaction
from tests.web.programs import issued, problem


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer pk_nobodys", "Basic cG9zdG1hcms6eA==", "Basic pk_x", "pk_x", "Bearer é\x80"],
)
def test_without_a_key_nobody_gets_in(app, sent, header):
    answer = app.test_client().get(sent, headers={"Authorization": header} if header else {})
    assert problem(answer) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="Postroom"')


def test_a_cookie_is_no_key_and_none_is_set(ada, adas, sent):
    assert problem(adas.client.get(sent)) == (401, "unauthorized")
    answer = adas.client.get(sent, headers={"Authorization": f"Bearer {ada.bearer}"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")


def test_a_revoked_key_opens_nothing(ada, call, sent):
    with transaction() as tx:
        assert tx.get_one(ApiKey, ada.key).revoke(tx)
    answer = call(sent)
    assert problem(answer) == (401, "unauthorized")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "", Scope.EDITIONS_READ),
        ("POST", "/rest", Scope.EDITIONS_SEND),
        ("GET", "/results", Scope.EDITIONS_READ),
    ],
)
def test_a_key_is_for_what_it_is_for(ada, call, sent, method, path, scope):
    others = issued(ada.id, *(other for other in Scope if other != scope))
    answer = call(sent + path, method, key=others)
    assert problem(answer) == (403, "forbidden")
    assert scope in answer.json["error"]["message"]
    assert queue_named("default").count == 0
    assert call(sent + path, method, key=issued(ada.id, scope)).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "/rest"), ("GET", "/deliveries.csv")])
def test_what_belongs_to_another_workspace_looks_like_what_is_not_there(charles, call, sent, method, path):
    theirs = call(sent + path, method, key=charles.bearer)
    assert problem(theirs) == (404, "not_found")
    for nowhere in (f"/api/v1/editions/99{path}", f"/api/v1/editions/{2**63}{path}"):
        assert call(nowhere, method, key=charles.bearer).json == theirs.json
    assert queue_named("default").count == 0


@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v1/nothing", "/api/v2/editions/1", "/api/v1/editions/x"])
def test_what_is_not_there_is_not_there_and_no_page_to_sign_in(call, path):
    for key in ("", "pk_x"):
        assert problem(call(path, key=key)) == (404, "not_found")


def test_another_method_is_told_which_there_are(call, sent):
    answer = call(f"{sent}/rest")
    assert problem(answer) == (405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]
    assert problem(call(sent, "DELETE")) == (405, "method_not_allowed")


@pytest.mark.parametrize("options", [{"data": b"x" * 1_000_001}, {"input_stream": io.BytesIO(b"x" * 2_000_000)}])
def test_too_much_is_too_large(call, sent, options):
    chunked = {"environ_overrides": {"wsgi.input_terminated": True}} if "input_stream" in options else {}
    assert problem(call(f"{sent}/rest", "POST", **options, **chunked)) == (413, "too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "é", ""])
def test_a_body_is_json(call, sent, kind):
    assert problem(call(f"{sent}/rest", "POST", data=b"{}", content_type=kind)) == (415, "unsupported_media_type")
    assert queue_named("default").count == 0


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b"1", b'"x"', b"\xff", b"[" * 500_000, b"9" * 5_000, b'{"to": "all"}', b'{"\\ud800": 1}'],
)
def test_a_body_that_says_something_else_sends_nothing(call, sent, body):
    answer = call(f"{sent}/rest", "POST", data=body, content_type="application/json")
    assert problem(answer) == (422, "invalid")
    assert queue_named("default").count == 0


@pytest.mark.parametrize(
    "asked",
    [
        "stat=failed", "state=faild", "state=", "state=failed&state=bounced", "source=x", "source=-1", "kind=editon",
        f"source={'9' * 30}", "recipient=", "recipient=%00", "%00=x", "STATE=failed", "source=%D9%A1",
    ],
)  # fmt: skip
def test_a_filter_that_is_mistaken_is_told_and_takes_nothing_away(call, sent, asked):
    assert problem(call(f"/api/v1/deliveries/exports?{asked}", "POST")) == (422, "invalid")
    assert queue_named("low").count == 0


def test_without_a_database_a_program_is_asked_to_come_again(call, sent):
    with transaction() as tx:
        tx.execute(text("alter table api_keys rename to elsewhere"))
    try:
        answer = call(sent)
    finally:
        with transaction() as tx:
            tx.execute(text("alter table elsewhere rename to api_keys"))
    assert problem(answer) == (503, "unavailable")


def test_a_failure_of_our_own_has_the_same_shape(app, call, sent, monkeypatch):
    from web.api import editions

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(editions, "told", None)
    assert problem(call(sent)) == (500, "broken")
