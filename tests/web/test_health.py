"""Whether this process can do its work, and what people are told when it cannot."""

import time

from sqlalchemy import create_engine

from local.server import free_port


def test_it_says_what_answers(app):
    answer = app.test_client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"database": "ok", "redis": "ok"})


def test_it_names_what_does_not_answer_and_no_address(app, without_redis):
    answer = app.test_client().get("/health")
    assert answer.status_code == 503
    assert answer.json == {"database": "ok", "redis": "does not answer: ConnectionError"}


def test_a_redis_that_is_frozen_holds_nobody_up(app, adas, frozen_redis):
    for ask in (lambda: app.test_client().get("/health").status_code, lambda: adas.get("/queues").status):
        began = time.monotonic()
        assert ask() == 503
        assert time.monotonic() - began < 4


def test_without_a_database_people_and_webhooks_are_asked_to_come_again(app, browser, monkeypatch):
    gone = create_engine(f"postgresql+psycopg2://127.0.0.1:{free_port()}/nothing")
    monkeypatch.setattr("models.db.engine", lambda: gone)
    assert app.test_client().get("/health").json["database"] == "does not answer: OperationalError"
    page = browser().get("/")
    assert page.status == 503
    assert "We cannot reach our own database" in page.text


def test_a_page_that_does_not_exist_is_said_not_to(ada, adas):
    page = adas.get("/nonsense")
    assert page.status == 404
    assert "There is no such page" in page.text


def test_a_form_that_is_far_too_large_is_refused(ada, adas):
    assert adas.client.post("/sign-in", data={"email": "x" * 1_100_000}).status_code == 413
