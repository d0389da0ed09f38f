"""The ledger."""

import csv
import io

import pytest
from sqlalchemy import text

from jobs.exports import make_export
from models.db import transaction
from models.delivery import Addressee, Delivery, State
from models.exports import deliveries, making
from models.suppression import Suppression
from tests.web.programs import on_its_way


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
    assert len(numbers(adas.get("/deliveries?state=queued&kind=digest&recipient=P1%40example.com"))) == 1
    assert len(numbers(adas.get("/deliveries?recipient=p1%40example.com&sort=oldest"))) == 1
    assert numbers(adas.get("/deliveries?recipient=p1")) == []
    assert numbers(adas.get("/deliveries?recipient=%25")) == []
    assert "Nothing like that." in adas.get("/deliveries?state=delivered").text
    page = adas.get(f"/deliveries?kind=edition&source={ada.past}").page
    assert page.find(".//h1").text == "Who got it" and page.xpath(f"//nav/a[@href='/editions/{ada.past}']")


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


def taken_away(browser, page, button="These as CSV"):
    """The lines of the file that is asked for there."""
    browser.get(page).press(button)
    assert "being made" in browser.text
    make_export(int(browser.path.rpartition("/")[2]))
    (file,) = browser.get(browser.path).page.xpath("//a[. = 'Download']/@href")
    return list(csv.DictReader(io.StringIO(browser.client.get(file).get_data().decode("utf-8-sig"))))


def test_it_is_taken_away_as_a_file_with_all_that_became_of_each(ada, adas):
    with transaction() as tx:
        told = "state = 'bounced', reason = '=no, such “user”', attempts = 2, provider_id = 'p-1', sent_at = created_at"
        tx.execute(text(f"update deliveries set {told}"))
    (line,) = taken_away(adas, "/deliveries")
    assert tuple(line) == deliveries.COLUMNS
    assert (line["state"], line["reason"], line["attempts"]) == ("bounced", "'=no, such “user”", "2")
    assert (line["provider_id"], line["sent_at"], line["claimed_at"]) == ("p-1", line["created_at"], "")
    assert line["created_at"].endswith("+00:00")


@pytest.mark.parametrize("size", [1, 2, 5, 6])
def test_the_file_leaves_nobody_out_and_repeats_nobody(ada, charles, adas, size, monkeypatch):
    on_its_way(ada)
    monkeypatch.setattr(making, "PAGE", size)
    edition, asked = f"/editions/{ada.edition}", f"/deliveries?kind=edition&source={ada.edition}"
    for page, button, count in (
        (edition, "Who got it, as CSV", 5), ("/deliveries", "These as CSV", 6), (asked, "These as CSV", 5),
        (f"{asked}&recipient=FAILED@example.com", "These as CSV", 1), ("/deliveries?kind=reminder", "These as CSV", 1),
    ):  # fmt: skip
        recipients = [line["recipient"] for line in taken_away(adas, page, button)]
        assert len(recipients) == len(set(recipients)) == count and "charles" not in str(recipients)
    assert adas.get(adas.page.xpath("//nav[@class='crumbs']/a/@href")[0]).path == "/deliveries"


def test_where_the_file_was_once_leads_to_where_it_is_asked_for(ada, charles, adas, graces):
    assert adas.get("/deliveries.csv?kind=digest").answer.request.full_path == "/deliveries?kind=digest"
    assert adas.get(f"/editions/{ada.edition}/ledger.csv").path == f"/editions/{ada.edition}"
    assert adas.get(f"/editions/{charles.edition}/ledger.csv").status == 404
    for path in ("/deliveries.csv", f"/editions/{ada.edition}/ledger.csv", f"/exports/{ada.ledger_export}"):
        assert graces.get(path).status == 403
