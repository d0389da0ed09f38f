"""The ledger as CSV."""

import csv
import io

import pytest
from sqlalchemy import text

from models.db import in_transaction, transaction
from models.edition import Edition
from tests.web.test_deliveries import addressed
from web import tables


@pytest.fixture
def sent(ada):
    """An edition to twelve readers."""
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        people = {f"p{n}@example.com": "" for n in range(11)}
        edition.publication.subscribe(tx, people, consent="on paper")
        assert edition.publish(tx) and edition.address(tx)
    return f"/editions/{ada.edition}/ledger.csv"


def lines(page, path):
    answer = page.client.get(path)
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.get_data().decode())))


def test_it_has_a_line_for_each_recipient_with_all_that_became_of_it(ada, adas, sent):
    with transaction() as tx:
        told = "state = 'bounced', reason = 'no, such “user”', attempts = 2, provider_id = 'p-1', sent_at = created_at"
        tx.execute(text(f"update deliveries set {told} where recipient = 'p7@example.com'"))
    found = {line["recipient"]: line for line in lines(adas, sent)}
    assert len(found) == 12
    bounced = found["p7@example.com"]
    assert (bounced["state"], bounced["reason"], bounced["attempts"]) == ("bounced", "no, such “user”", "2")
    assert (bounced["provider_id"], bounced["sent_at"]) == ("p-1", bounced["created_at"])
    assert bounced["created_at"].endswith("+00:00")
    assert (bounced["claimed_at"], bounced["settled_at"]) == ("", "")


@pytest.mark.parametrize("size", [1, 3, 4, 12, 13])
def test_its_pages_leave_nobody_out_and_repeat_nobody(ada, adas, sent, size, monkeypatch):
    monkeypatch.setattr(tables, "SIZE", size)
    for path, count in ((sent, 12), ("/deliveries.csv", 13), ("/deliveries.csv?kind=edition", 12)):
        recipients = [line["recipient"] for line in lines(adas, path)]
        assert len(recipients) == len(set(recipients)) == count


def test_it_is_read_as_it_is_written_and_no_transaction_stays_open(ada, adas, sent, monkeypatch):
    monkeypatch.setattr(tables, "SIZE", 5)
    chunks = adas.client.get(sent, buffered=False).response
    for _ in range(3):
        assert next(chunks)
        assert not in_transaction()


def test_it_has_the_filters_of_the_page(ada, charles, adas, sent):
    addressed(ada.id, 3)
    assert len(lines(adas, "/deliveries.csv?kind=digest&state=queued&recipient=P2")) == 1
    assert len(lines(adas, f"/deliveries.csv?source={ada.edition}&kind=edition")) == 12
    assert lines(adas, "/deliveries.csv?source=x") == []
    assert len(lines(adas, f"{sent}?recipient=p1")) == 2
    assert lines(adas, f"{sent}?kind=digest&source=99&state=sent") == []
    adas.get("/deliveries?kind=digest")
    assert len(lines(adas, adas.page.xpath("//a[contains(., 'CSV')]/@href")[0])) == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_in_it_is_a_formula(ada, adas, sent, start):
    with transaction() as tx:
        reason = f'{start}HYPERLINK("http://evil.example";"x")'
        tx.execute(text("update deliveries set reason = :reason"), {"reason": reason})
    assert {line["reason"] for line in lines(adas, sent)} == {f"'{reason}"}


def test_it_stays_within_the_workspace(ada, charles, adas, sent):
    assert {line["recipient"] for line in lines(adas, "/deliveries.csv?recipient=charles")} == set()
    assert adas.client.get(f"/editions/{charles.edition}/ledger.csv").status_code == 404


def test_members_do_not_take_it_away(ada, graces, sent):
    assert graces.client.get(sent).status_code == 403
    assert graces.client.get("/deliveries.csv").status_code == 403
