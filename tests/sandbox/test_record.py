import requests

from tests.sandbox.conftest import eventually, mail


def page(sandbox, **query):
    return requests.get(f"{sandbox.url}/sandbox/record", params=query, timeout=10).json()


def test_the_record_is_read_page_by_page(sandbox):
    sandbox.api("POST", "/email/batch", [mail(Subject=str(n), Metadata={"delivery": str(n)}) for n in range(25)])
    rows, last = [], -1
    while found := page(sandbox, after=last, limit=10)["messages"]:
        rows, last = rows + found, found[-1]["seq"]
    assert [row["Subject"] for row in rows] == [str(n) for n in range(25)]
    assert rows[3]["Metadata"] == {"delivery": "3"}
    assert rows == sorted(rows, key=lambda row: row["accepted_at"])


def test_messages_of_equal_content_have_equal_hashes(sandbox):
    sandbox.api("POST", "/email/batch", [mail(), mail(To="grace@example.com"), mail(TextBody="other")])
    first, same, other = (row["hash"] for row in page(sandbox)["messages"])
    assert first == same != other


def test_the_summary_counts_what_was_accepted_twice(sandbox):
    deliveries = ["1", "2", "2", "01", "abc", "abc", "99999999999999"]
    batch = [mail(Metadata={"delivery": delivery}, Tag="t") for delivery in deliveries]
    sandbox.api("POST", "/email/batch", [*batch, mail(MessageStream="broadcast")])
    summary = sandbox.summary()
    assert (summary["accepted"], summary["with_delivery"]) == (8, 7)
    assert (summary["unique_by_delivery"], summary["duplicates"]) == (5, 2)
    assert summary["by_stream"] == {"outbound": 7, "broadcast": 1}
    assert summary["by_tag"] == {"t": 7, "": 1}
    assert summary["first_accepted_at"] <= summary["last_accepted_at"]
    assert summary["cpu_seconds"] > 0
    assert summary["rss_bytes"] > 10_000_000


def test_bodies_are_kept_of_the_latest_2000_only(sandbox):
    for _ in range(5):
        sandbox.api("POST", "/email/batch", [mail()] * 500)
    first, last = page(sandbox, limit=1)["messages"][0]["id"], page(sandbox, after=2498)["messages"][0]["id"]
    assert requests.get(f"{sandbox.url}/sandbox/messages/{last}", timeout=10).json()["TextBody"] == "Hello"
    assert requests.get(f"{sandbox.url}/sandbox/messages/{first}", timeout=10).json()["kept"] is False
    assert sandbox.act(first, "reply", text="Late")["OriginalRecipient"] == "post@example.com"


def test_messages_are_found_by_recipient_and_tag(sandbox):
    sandbox.send(Tag="digest", TextBody="See https://example.com/x")
    sandbox.send(To="grace@example.com", Tag="digest")
    found = requests.get(f"{sandbox.url}/sandbox/messages?to=ADA@example.com&tag=digest", timeout=10).json()
    assert found["total"] == 1
    assert found["messages"][0]["links"] == ["https://example.com/x"]


def test_the_record_is_forgotten_on_request(sandbox, told):
    sandbox.send()
    eventually(lambda: told.requests)
    assert requests.delete(f"{sandbox.url}/sandbox/record", timeout=10).status_code == 200
    assert sandbox.summary()["accepted"] == 0
    assert page(sandbox)["messages"] == []
