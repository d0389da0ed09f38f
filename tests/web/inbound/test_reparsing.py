"""What was cut from a mail is put back, and stored mail is read again."""

from sqlalchemy import select

from jobs import reparsing
from models import reply_token
from models.db import transaction
from models.entry import Entry
from models.inbound_email import InboundEmail
from tests.web.inbound.arrivals import email, said


def test_what_was_cut_is_put_back_and_stays_so_when_the_mail_is_read_again(adas, took):
    number = took()
    adas.get(f"/inbound-emails/{number}").press("Restore")
    for _ in range(2):
        reparsing.reparse(number)
        assert ("done", "Grace") in said()
        assert len(said()) == 3
    assert email(number).elided and email(number).restored


def test_reading_again_replaces_what_an_older_parser_understood_and_nothing_else(took):
    number = took()
    with transaction() as tx:
        before = tx.scalars(select(Entry).filter_by(inbound_email_id=number).order_by(Entry.place)).all()
        before[0].body = "On Friday somebody wrote:"
        tx.get_one(InboundEmail, number).parser_version = 0
    assert [page for page in reparsing.outdated() if number in page]
    reparsing.reparse(number)
    reparsing.reparse(number)
    assert sorted(said()) == [("blocker", "no relays left"), ("done", "found a moth")]
    with transaction() as tx:
        kept = tx.scalars(select(Entry).filter_by(inbound_email_id=number, kind="blocker")).one()
    assert kept.id == before[1].id
    assert not [page for page in reparsing.outdated() if number in page]


def test_reading_again_leaves_alone_what_somebody_has_corrected(took):
    first = took()
    token = reply_token.sealed("receipt", first)
    second = took("found a butterfly", token=token)
    reparsing.reparse(first)
    reparsing.reparse(second)
    assert said() == [("done", "found a butterfly")]


def test_a_member_puts_back_what_was_cut_of_their_own_mail_and_nobody_elses(ada, adas, graces, took):
    number = took()
    assert "Left out of your mail: 2 lines" in graces.get(f"/teams/{ada.team}").text
    assert "Left out" not in adas.get(f"/teams/{ada.team}").text
    graces.press("Restore")
    assert "It counts as said now." in graces.text
    reparsing.reparse(number)
    assert ("done", "Grace") in said()
    assert "Left out" not in graces.get(f"/teams/{ada.team}").text
