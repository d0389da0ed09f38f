"""Links are followed: what there is, how far, and where nobody is visited."""

import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from emails.checking import visiting
from models.finding import Severity


class Site(BaseHTTPRequestHandler):
    """The path says what comes back: a status, or one of these."""

    def do_HEAD(self) -> None:
        word = self.path.partition("?")[0].strip("/")
        if word == "drip":
            self._drip()
        elif word in ("inside", "loop", "moved"):
            to = {"inside": "http://10.0.0.1/", "loop": "/loop", "moved": "/200"}[word]
            self._say(302, Location=to)
        else:
            self._say(405 if word == "shy" and self.command == "HEAD" else int(word) if word.isdigit() else 200)

    do_GET = do_HEAD

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self) -> None:
        """A header a moment, for ever."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X-More: x\r\n")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *about: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "severity", "told"),
    [
        ("/200", "fine", ""),
        ("/shy", "fine", ""),
        ("/moved", "fine", ""),
        ("/a path?q=ü", "fine", ""),
        ("/404", "serious", "There is nothing there: it answers 404."),
        ("/410", "serious", "There is nothing there: it answers 410."),
        ("/403", "look", "It answers 403."),
        ("/500", "look", "It answers 500."),
        ("/loop", "look", "It redirects more than 8 times."),
        ("/inside", "serious", "It leads into a private network"),
    ],
)
def test_a_link_is_followed_to_its_end(site, path, severity, told):
    answer = visiting.visit(f"{site}{path}")
    assert (answer.severity, answer.advice.startswith(told)) == (severity, True), answer.advice


def test_a_server_that_never_ends_is_left(site, monkeypatch):
    monkeypatch.setattr(visiting, "PATIENCE", 0.6)
    began = time.monotonic()
    assert visiting.visit(f"{site}/drip").severity == Severity.LOOK
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://absent.example/", "There is no absent.example."),
        ("http://servfail.example/", "Name servers do not say where servfail.example is"),
        ("http://[::1", "It is no address of the Web."),
        ("http:///x", "It is no address of the Web."),
        ("ftp://example.com/", "It is no address of the Web."),
        ("http://127.0.0.1:1/", "Nobody answers"),
    ],
)
def test_where_nobody_is_it_says_so(nameserver, url, told):
    assert visiting.visit(url).advice.startswith(told)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://implicit.example/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"]
)
def test_this_machine_is_visited_only_where_tests_say_so(nameserver, monkeypatch, url):
    monkeypatch.setattr(visiting, "settings", replace(visiting.settings, local_links=False))
    assert visiting.visit(url).advice == "It leads into a private network: readers cannot go there."


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "fe80::1",
     "fd00::1",     "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::", "ff02::1",
     "::127.0.0.1", "::ffff:0:7f00:1", "64:ff9b:1::7f00:1", "fec0::1"],
)  # fmt: skip
def test_private_addresses_are_known_however_they_are_written(address):
    assert not visiting.is_public(address)


def test_public_addresses_are_public():
    assert visiting.is_public("93.184.216.34") and visiting.is_public("2606:2800:220:1::1")
