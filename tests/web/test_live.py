"""What moves on a page, told as it changes, over HTTP."""

import json
import threading
import time
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from werkzeug.serving import make_server

from models.db import engine, transaction
from models.edition import Edition
from models.exports.export import Export, State
from web import live

STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def served(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(live, "EVERY", 0.05)
    monkeypatch.setattr(live, "SLOWEST", 0.1)
    monkeypatch.setattr(live, "BEAT", 0.1)


@pytest.fixture
def listen(served, adas, monkeypatch):
    monkeypatch.setattr(live, "_places", threading.BoundedSemaphore(live.MOST))  # an earlier test holds some yet
    cookie = f"postroom={adas.client.get_cookie('postroom').value}"

    def listening(path, **headers):
        return httpx.stream("GET", served + path, headers=STREAM | {"Cookie": cookie} | headers, timeout=30)

    return listening


def events(answer):
    """`(id, parts)` of each, as they come."""
    number = ""
    for line in answer.iter_lines():
        word, _, value = line.partition(": ")
        number = value if word == "id" else number
        if word == "data":
            yield number, json.loads(value)


def rests():
    """Whether all connections are given back between two looks."""
    moments = (time.sleep(0.005) or engine().pool.checkedout() for _ in range(400))
    return any(used == 0 for used in moments)


@contextmanager
def until(seconds=5.0):
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def test_what_changes_is_told_and_what_stays_is_not(ada, sent, listen, quick):
    with listen(f"/editions/{ada.edition}") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        told = events(answer)
        first, parts = next(told)
        assert "80 % done" in parts["progress"] and ">Pause</button>" in parts["buttons"]
        assert rests(), "a stream that sleeps holds a connection"
        with transaction() as tx, until(5):
            assert tx.get_one(Edition, ada.edition).pause(tx)
        with until(5):
            second, parts = next(told)
        assert 'data-says="paused"' in parts["progress"] and ">Resume</button>" in parts["buttons"]
        assert first != second


def test_who_comes_back_is_told_only_what_has_changed_meanwhile(ada, sent, listen, quick, monkeypatch):
    monkeypatch.setattr(live, "LASTS", 0.4)
    page = f"/editions/{ada.edition}"
    with listen(page) as answer:
        ((number, _),) = events(answer)
    with listen(page, **{"Last-Event-ID": number}) as answer:
        assert [*events(answer)] == []
    with listen(page, **{"Last-Event-ID": "another"}) as answer:
        assert [found for found, _ in events(answer)] == [number]


def test_what_has_come_to_its_end_is_named_no_more(ada, listen, quick):
    with transaction() as tx:
        tx.get_one(Export, ada.export).state = State.MAKING
    with listen(f"/exports/{ada.export}") as answer:
        told = events(answer)
        assert next(told)[1].keys() == {"progress", "buttons"}
        with transaction() as tx:
            tx.get_one(Export, ada.export).end(State.MADE)
        assert next(told)[1] == {}


def test_places_are_few_and_who_leaves_makes_room(ada, sent, listen, quick):
    page = f"/editions/{ada.edition}"
    with ExitStack() as others:
        heard = [events(others.enter_context(listen(page))) for _ in range(live.MOST)]
        assert all(next(told) for told in heard)  # which stays open as long as it is held
        with listen(page) as answer:
            assert answer.status_code == 204
    with until(15):
        while True:
            with listen(page) as answer:
                if answer.status_code == 200:
                    break
            time.sleep(0.05)


def test_words_for_the_next_page_wait_for_it(ada, adas):
    with adas.client.session_transaction() as session:
        session["_flashes"] = [("message", "It is done.")]
    adas.client.get("/queues", headers=STREAM).close()
    assert "It is done." in adas.get("/queues").text


def test_who_may_not_see_the_page_hears_nothing(ada, browser, graces):
    page = f"/editions/{ada.edition}"
    assert browser().client.get(page, headers=STREAM).status_code == 302
    assert graces.client.get(page, headers=STREAM).status_code == 403
    assert graces.client.get("/queues", headers=STREAM).status_code == 403


def test_numbers_that_are_nobodys_have_no_stream(ada, adas):
    for _ in range(live.MOST + 1):
        assert adas.client.get("/editions/99", headers=STREAM).status_code == 404
