"""A draft is looked at, its links are followed, and whoever publishes it all the same has been told."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from lxml import html

from models.db import transaction
from models.edition import Edition
from tests.web import houses


class Site(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *about: object) -> None:
        pass


@pytest.fixture
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Pages:
    """Ada's browser, over HTTP."""

    def __init__(self, base: str, place: houses.Place) -> None:
        self.client = httpx.Client(base_url=base, follow_redirects=True, timeout=20)
        self.read(self.client.get(f"/sign-in/{houses.link(place.owner)}"))
        self.send(self.answer.url.path)

    def read(self, answer: httpx.Response) -> "Pages":
        self.answer, self.page = answer, html.fromstring(answer.text)
        return self

    def send(self, path: str, **typed: str) -> "Pages":
        token = self.page.find(".//input[@name='csrf_token']").get("value")
        return self.read(self.client.post(path, data={"csrf_token": token, **typed}))

    def get(self, path: str) -> "Pages":
        return self.read(self.client.get(path))

    @property
    def text(self) -> str:
        return " ".join(self.page.text_content().split())


def test_a_dead_link_is_found_and_asked_about(postroom, site):
    place = houses.furnished("Ada", "Grace")
    pages = Pages(str(postroom.web.base_url), place)
    path = f"/editions/{place.edition}"
    body = f"[here]({site}/here) and [gone]({site}/gone)"
    pages.get(f"{path}/edit").send(path, subject="News", format="markdown", body=body, since="1")
    postroom.settle()
    pages.get(path)
    assert "There is nothing there: it answers 404." in pages.text and f"{site}/gone" in pages.text
    assert f"{site}/here" not in pages.page.get_element_by_id("checks").text_content()
    pages.send(f"{path}/publication")
    assert "Publish it all the same?" in pages.text and f"{site}/gone" in pages.text
    assert state(place) == "draft"
    key = {"Authorization": f"Bearer {place.bearer}"}
    refused = postroom.web.post(f"/api/v1{path}/publication", headers=key)
    assert (refused.status_code, f"{site}/gone" in refused.text) == (409, True)
    pages.send(f"{path}/publication", anyway="yes")
    assert state(place) == "addressing"


def state(place):
    with transaction() as tx:
        return tx.get_one(Edition, place.edition).state
