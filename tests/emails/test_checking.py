"""What is found in a letter before it is sent, and where its links lead, over a real server on loopback."""

import pytest

from emails.checking import letters
from emails.writing.composing import composed
from emails.writing.draft import Draft, Parts
from models.brand import Brand

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
