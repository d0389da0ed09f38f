"""What is found in a letter before it is sent, and where its links lead, over a real server on loopback."""

import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from emails.checking import letters, visiting
from emails.writing.composing import composed
from emails.writing.draft import Draft, Parts
from models.brand import Brand
from models.finding import Severity

LEAVE = "<a href='{{ unsubscribe_link }}'>Leave</a>"
BRAND = Brand(address="1 Mill Lane\nLondon")


def found(html="", subject="News", text="{{ unsubscribe_link }}", brand=BRAND, leave=LEAVE):
    parts = Parts(subject, f"<html><body>{html}{leave}<p>1 Mill Lane</p></body></html>", text)
    return {(each.kind, str(each.severity)) for each in letters.found(parts, brand) if each.kind != "link"}


def test_a_letter_with_nothing_wrong_has_nothing_found():
    links = "<a href='mailto:a@example.com'>me</a><a href='#top'>up</a><a href='https://a.example/'>there</a>"
    image = "<img src='https://a.example/a.png' alt=''>"
    assert found(f"<p>Hello {{{{ name }}}}, here is my todo list.</p>{links}{image}") == set()


@pytest.mark.parametrize("format", ["markdown", "mjml"])
def test_our_own_clothes_pass(format):
    body = {
        "markdown": "# Hello {{ name }}\n\nSome *words*, a [link](https://a.example/).",
        "mjml": "<mjml><mj-body><mj-section><mj-column><mj-text>Words. {{ unsubscribe_link }} 1 Mill Lane</mj-text>"
        "</mj-column></mj-section></mj-body></mjml>",
    }
    parts = composed(Draft("News", body[format], format), BRAND, title="Notes")
    assert [each for each in letters.found(parts, BRAND) if each.kind != "link"] == []


@pytest.mark.parametrize(
    ("html", "kind", "severity"),
    [
        ("<a href=''>x</a>", "empty link", "serious"),
        ("<a href='#'>x</a>", "empty link", "serious"),
        ("<a href='example.com/a'>x</a>", "odd link", "serious"),
        ("<a href='javascript:alert(1)'>x</a>", "odd link", "serious"),
        ("<img src='https://x.example/a.png'>", "alt text", "look"),
        ("<img alt='x'>", "empty image", "serious"),
        ("<img alt='x' src='data:image/png;base64,AA'>", "odd image", "look"),
        ("<p>TODO: write</p>", "leftover", "look"),
        ("<p>Lorem ipsum dolor</p>", "leftover", "look"),
        ("<p>See [link]</p>", "leftover", "serious"),
        ("<p>Dear %%first_name%%</p>", "leftover", "serious"),
        ("<p>Dear *|FNAME|*</p>", "leftover", "serious"),
        ("<p>Dear <em>|FNAME|</em></p>", "leftover", "serious"),
        ("<p style='color:#999'>pale</p>", "contrast", "look"),
        ("<div style='background:#222'><p style='color:rgb(40, 40, 40)'>dark</p></div>", "contrast", "look"),
        ("<style>p { color: #ddd }</style><p>pale</p>", "contrast", "look"),
        ("<td style='font-size:0px'><p style='color:#ddd;font-size:13px'>pale</p></td>", "contrast", "look"),
        (f"<p>{'x' * 103_000}</p>", "size", "look"),
    ],
)
def test_what_is_wrong_is_found(html, kind, severity):
    assert found(html) == {(kind, severity)}


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:#999;display:none'>hidden</p>",
        "<p style='color:#888;font-size:30px'>large</p>",
        "<div style='background:#000'><p style='color:white'>light</p></div>",
        "<td background='a.png'><p style='color:#eee'>over an image</p></td>",
    ],
)
def test_what_can_be_read_is_left_alone(html):
    assert found(html) == set()


def test_the_envelope_is_looked_at():
    assert found(subject=" ") == {("subject", "serious")}
    assert found(subject="BUY NOW BUY NOW") == {("capitals", "look")}
    assert found(subject="Re: yours") == {("reply", "look")}
    assert found(leave="", text="x") == {("leaving", "serious")}
    assert found(brand=Brand()) == {("address", "look")}
    assert found(brand=Brand(address="9 Elm Row")) == {("address", "look")}


def test_each_link_is_followed_once_and_a_readers_own_are_not():
    html = (
        "<a href='https://a.example/#x'>1</a><a href='https://a.example/'>2</a><img alt='' src='https://a.example/p'>"
    )
    parts = Parts("News", html + LEAVE, "{{ unsubscribe_link }}")
    links = [each.place for each in letters.found(parts, BRAND) if each.kind == "link"]
    assert links == ["https://a.example/", "https://a.example/p"]


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
     "fd00::1",     "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::", "ff02::1"],
)  # fmt: skip
def test_private_addresses_are_known_however_they_are_written(address):
    assert not visiting.is_public(address)


def test_public_addresses_are_public():
    assert visiting.is_public("93.184.216.34") and visiting.is_public("2606:2800:220:1::1")
