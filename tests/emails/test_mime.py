"""Mails as they went over the wire, from files."""

from base64 import b64encode
from email import message_from_bytes
from pathlib import Path

import orjson
import pytest

from emails import mime, pkcs7
from emails.arrival import arrival, arrival_of_mime, received_of
from emails.charsets import text_of
from emails.entries import entries
from emails.flowed import unfolded
from emails.reply_text import extract

FILES = Path(__file__).resolve().parents[1] / "files" / "inbound"
SAID = {
    "several_text_parts": ["wrote note G", "talked to Charles"],
    "attached_text": ["wrote note G"],
    "smime_signed": ["wrote note G"],
    "smime_clear_signed": ["wrote note G", "Müller angerufen"],
    "smime_opaque": ["wrote note G", "Müller angerufen"],
    "smime_opaque_with_file": ["wrote note G", "Müller angerufen"],
    "smime_opaque_octet_stream": ["wrote note G", "Müller angerufen"],
    "smime_opaque_twice": ["wrote note G", "Müller angerufen"],
    "smime_opaque_above_a_footer": ["wrote note G", "Müller angerufen"],
    "smime_encrypted": [],
    "smime_encrypted_octet_stream": [],
    "signed_file": ["wrote note G"],
    "declared_wrongly": ["Müller angerufen – fertig", "„Größe“ geprüft"],
    "utf8_as_latin1": ["Größe geprüft ✓"],
    "mixed_charsets": ["Größe geprüft", "Müller angerufen"],
    "undeclared_shift_jis": ["資料を作りました", "田中さんと話しました"],
    "korean": ["보고서를 썼습니다", "뷁"],
    "iso_2022_jp": ["会議に出ました"],
    "nul_bytes": ["wrote note G", "talked toCharles"],
    "flowed": ["wrote a very long line about the engine and how it weaves algebraic patterns", "second"],
    "unknown_charset": ["wrote note Ü"],
    "html_only": ["wrote note G", "talked to Charles"],
    "no_end": ["wrote note G"],
}


def raw(name):
    return (FILES / f"{name}.eml").read_bytes()


def test_every_file_is_tested():
    assert {file.stem for file in FILES.glob("*.eml")} == set(SAID)


@pytest.mark.parametrize("name", SAID)
def test_what_was_said_is_read_whatever_the_mail_is_made_of(name):
    received = received_of(arrival_of_mime(raw(name)))
    reply = extract(received.text, received.html)
    assert [line.text for line in entries(reply.text)] == SAID[name]
    assert (received.sender, received.subject) == ("ada@example.com", "Re: What did you get done today?")


def test_a_file_is_kept_under_its_name_and_a_picture_of_the_mails_own_is_none():
    (file,) = mime.content(raw("attached_text")).enclosures
    assert (file.name, file.content, file.content_id) == ("märz.txt", b"This is not what was said.\r\n", "")
    (picture,) = mime.content(raw("several_text_parts")).enclosures
    assert picture.content_id


def test_a_signature_is_no_file_and_an_encrypted_mail_says_so():
    assert mime.content(raw("smime_signed")).enclosures == mime.content(raw("smime_opaque")).enclosures == []
    assert (
        mime.content(raw("smime_encrypted")).encrypted and mime.content(raw("smime_encrypted_octet_stream")).encrypted
    )
    assert not any(mime.content(raw(name)).encrypted for name in SAID if "encrypted" not in name)


def test_files_inside_a_signature_are_kept_and_a_file_that_somebody_signed_stays_one():
    (file,) = mime.content(raw("smime_opaque_with_file")).enclosures
    assert (file.name, file.content.split()) == ("notes.csv", [b"a,b", b"1,2"])
    (file,) = mime.content(raw("signed_file")).enclosures
    assert file.name == "invoice.xml.p7m"


def by_provider(name, kind="application/pkcs7-mime"):
    """A mail as Postmark hands it over, which does not look inside, without its raw form."""
    wrapped = message_from_bytes(raw(name)).get_payload(decode=True)
    file = {"Name": "smime.p7m", "ContentType": kind, "Content": b64encode(wrapped).decode(), "ContentID": ""}
    return arrival(orjson.dumps({"MessageID": "a-1", "TextBody": "", "HtmlBody": "", "Attachments": [file]}))


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/octet-stream"])
def test_a_signed_mail_that_comes_as_a_file_is_read_without_its_raw_form(kind):
    mail = by_provider("smime_opaque_with_file", kind)
    assert "Müller angerufen" in received_of(mail).text and not received_of(mail).encrypted
    assert [each.name for each in mail["attachments"]] == ["smime.p7m", "notes.csv"]
    assert received_of(by_provider("smime_encrypted", kind)).encrypted


@pytest.mark.parametrize("evil", [b"", b"0\x80" * 50_000, b"0\x84\xff\xff\xff\xff0", b"0" * 100_000, bytes(20_000_001)])
def test_what_is_no_wrapping_is_not_opened_and_costs_nothing(evil):
    assert pkcs7.unwrapped(evil) is None


def test_the_same_mail_is_the_same_whenever_it_comes():
    first, again = (arrival_of_mime(raw("flowed")) for _ in range(2))
    assert first["provider_id"] == again["provider_id"] and first["checksum"] == again["checksum"]
    assert arrival_of_mime(raw("no_end"))["provider_id"] != first["provider_id"]


@pytest.mark.parametrize(
    "wire", [b"", b"\0", b"\xff" * 1000, b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x" * 400]
)
def test_what_is_hardly_a_mail_is_read_without_an_error(wire):
    assert mime.content(wire).enclosures is not None
    assert mime.payload(wire)["MessageID"]


def test_parts_within_parts_within_parts_end_somewhere():
    part = b"Content-Type: text/plain\r\n\r\nsaid\r\n"
    for level in range(300):
        mark = b"b%d" % level
        part = b'Content-Type: multipart/mixed; boundary="%b"\r\n\r\n--%b\r\n%b\r\n--%b--\r\n' % (
            mark,
            mark,
            part,
            mark,
        )
    assert mime.content(part).text.strip() in ("said", "")


@pytest.mark.parametrize("declared", [None, "", "utf-8", "us-ascii", "x-none", "\0", "base64", "utf-16", "idna"])
def test_no_charset_raises_or_drops_everything(declared):
    assert "abc" in text_of(b"abc \xff\xfe\xe4", declared).replace("\0", "") or declared == "utf-16"


def test_lines_that_flow_are_whole_and_quotes_keep_their_depth():
    assert unfolded("a \nb\n> c \n> d\n-- \nAda\n") == "a b\n> c d\n-- \nAda\n"
    assert unfolded("ab \ncd", delete_space=True) == "abcd"
    assert unfolded(" > no quote\n From here") == "> no quote\nFrom here"
