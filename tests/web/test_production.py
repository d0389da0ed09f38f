"""What is different where it counts."""

from dataclasses import replace

import pytest

import config
from web import app as web_app
from web import headers
from web.app import create_app


@pytest.fixture
def app(monkeypatch):
    settings = replace(config.settings, environment="production")
    for module in (web_app, headers):
        monkeypatch.setattr(module, "settings", settings)
    return create_app()


def test_previews_are_not_there(app, ada, browser):
    assert browser().get("/previews").status == 404
    assert browser().get("/previews/digest/body").status == 404


def test_the_session_cookie_travels_over_https_only_which_heroku_names_in_a_header(app):
    answer = app.test_client().get("/setup", headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"]


def test_a_host_that_a_client_makes_up_is_not_believed(app, monkeypatch):
    from web import setup

    told = []
    monkeypatch.setattr(setup, "render_template", lambda *_, **__: told.append(setup.request.url_root) or "")
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "99"}
    app.test_client().get("/setup", headers=forged)
    assert told == ["https://localhost/"]
