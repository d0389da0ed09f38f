"""The ledger."""

import pytest

from models.db import transaction
from models.delivery import Addressee, Delivery, State
from models.suppression import Suppression


def addressed(workspace_id, count, kind="digest"):
    with transaction() as tx:
        return Delivery.address(
            tx, kind, [Addressee(workspace_id, n, f"p{n}@example.com") for n in range(1, count + 1)]
        )


def numbers(page):
    return [int(link.text) for link in page.page.xpath("//table[contains(@class, 'stack')]//td[1]/a")]


def test_the_sums_are_by_kind_and_state_and_add_up(ada, adas):
    with transaction() as tx:
        Suppression.impose(tx, ada.id, "p3@example.com", "outbound", reason="HardBounce", origin="Recipient")
    addressed(ada.id, 9)
    page = adas.get("/deliveries")
    assert "10 = 9 queued + 1 suppressed" in page.text
    row = page.page.xpath("//tr[th/a[text()='digest']]")[0]
    assert [cell.text_content() for cell in row.iter("td")] == ["9", "8", "1"]


def test_it_pages_by_number_without_leaving_anything_out(ada, adas):
    ids = addressed(ada.id, 120)
    seen = numbers(adas.get("/deliveries?kind=digest"))
    while older := adas.page.xpath("//a[@rel='next']"):
        seen += numbers(adas.get(older[0].get("href")))
    assert seen == sorted(ids, reverse=True)


def test_it_is_searched_by_kind_state_and_recipient(ada, adas):
    addressed(ada.id, 20)
    assert len(numbers(adas.get("/deliveries?state=queued&kind=digest&recipient=P1%40"))) == 1
    assert len(numbers(adas.get("/deliveries?recipient=p1"))) == 11
    assert numbers(adas.get("/deliveries?recipient=%25")) == []
    assert "Nothing like that." in adas.get("/deliveries?state=delivered").text


@pytest.mark.parametrize(
    "query", ["before=x", "before=", "before=99999999999999999999", "before=-1", "before=%00", "kind=%00"]
)
def test_a_query_that_somebody_made_up_is_harmless(ada, adas, query):
    assert adas.get(f"/deliveries?{query}&recipient=%00%FF").status == 200


def test_a_delivery_shows_its_reason_its_times_and_what_the_provider_said(ada, adas):
    with transaction() as tx:
        delivery = tx.get_one(Delivery, ada.delivery)
        delivery.state, delivery.reason, delivery.provider_id = (
            State.BOUNCED,
            "HardBounce: no such user",
            "883953f4-6105",
        )
    page = adas.get(f"/deliveries/{ada.delivery}")
    for told in ("bounced", "HardBounce: no such user", "883953f4-6105", "Open", ada.secret):
        assert told in page.text


def test_an_empty_ledger_says_so(ada, adas):
    with transaction() as tx:
        tx.query(Delivery).delete()
    assert "Nothing has been sent yet." in adas.get("/deliveries").text
