"""Every mail, to look at."""

import pytest

from emails.mails import KINDS
from models.db import engine
from web import samples


def test_every_kind_of_mail_has_a_sample():
    assert samples.ABOUT.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", list(samples.ABOUT))
def test_each_mail_is_shown_in_both_parts_without_touching_the_database(browser, kind, monkeypatch):
    def no_database():
        raise AssertionError("a preview asked the database")

    monkeypatch.setattr(engine(), "connect", no_database)
    page = browser().get(f"/previews/{kind}")
    assert page.status == 200
    assert page.page.find(".//pre").text.strip()
    frame = page.page.find(".//iframe").get("src")
    body = page.get(frame).answer
    assert "<style" not in body.text or "@media" in body.text
    assert "sandbox" in body.headers["Content-Security-Policy"]


def test_all_are_listed(browser):
    assert len(browser().get("/previews").page.xpath("//main//li")) == len(KINDS)


def test_a_kind_that_does_not_exist_has_no_preview(browser):
    assert browser().get("/previews/nonsense").status == 404
