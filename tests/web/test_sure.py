"""What cannot be taken back is asked about once more."""

from models.db import transaction
from models.lists.list import List


def deleted(number):
    with transaction() as tx:
        found = tx.get(List, number)
        return found is None or found.deleted_at is not None


def test_it_is_asked_on_a_page_of_its_own_and_no_leads_back(ada, adas):
    edit = f"http://localhost/lists/{ada.list}/edit"
    token = adas.get(edit).page.find(".//input[@name='csrf_token']").get("value")
    said = {"csrf_token": token, "other": "kept"}
    adas.answer = adas.client.post(f"/lists/{ada.list}/deletion", data=said, headers={"Referer": edit})
    assert "Delete this list?" in adas.text and not deleted(ada.list)
    assert adas.page.forms[-1].fields["other"] == "kept"
    assert adas.page.xpath("//a[. = 'No, go back']/@href") == [f"/lists/{ada.list}/edit"]
    adas.press("Yes, do it")
    assert deleted(ada.list)


def test_the_way_back_is_never_to_somebody_else(ada, adas):
    token = adas.get("/lists").page.find(".//input[@name='csrf_token']").get("value")
    for elsewhere in ("https://evil.example/x", "http://localhost//evil.example"):
        adas.answer = adas.client.post(
            f"/lists/{ada.list}/deletion", data={"csrf_token": token}, headers={"Referer": elsewhere}
        )
        assert adas.page.xpath("//a[. = 'No, go back']/@href") == ["/"]
