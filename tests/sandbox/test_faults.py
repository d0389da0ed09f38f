import time

import pytest
import requests
from postmarker.exceptions import ClientError

from tests.sandbox.conftest import HEADERS, eventually, mail


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [("too_many_requests", 429, None), ("maintenance", 503, 100), ("server_error", 500, 101)],
)
def test_a_refusing_fault_accepts_nothing_and_ends_after_its_count(sandbox, name, status, code):
    sandbox.faults(**{name: {"next": 2}})
    for _ in range(2):
        answer = sandbox.send()
        assert (answer.status_code, answer.json().get("ErrorCode")) == (status, code)
    assert sandbox.summary()["accepted"] == 0
    assert sandbox.send().status_code == 200


def test_a_server_error_may_be_html(sandbox):
    sandbox.faults(server_error_html={"next": 1})
    with pytest.raises(requests.HTTPError):
        sandbox.client.emails.send(**mail())
    assert sandbox.summary()["accepted"] == 0


def test_accept_then_drop_records_the_batch_and_resets_the_connection(sandbox):
    sandbox.faults(accept_then_drop={"next": 1})
    with pytest.raises(requests.ConnectionError):
        sandbox.client.emails.send_batch(mail(), mail())
    assert sandbox.summary()["accepted"] == 2


def test_drop_before_accept_records_nothing(sandbox):
    sandbox.faults(drop_before_accept={"next": 1})
    with pytest.raises(requests.ConnectionError):
        sandbox.send()
    assert sandbox.summary()["accepted"] == 0


def test_half_of_a_batch_may_be_accepted_before_a_500(sandbox):
    sandbox.faults(half_accepted={"next": 1})
    with pytest.raises(ClientError) as failed:
        sandbox.client.emails.send_batch(*[mail()] * 10)
    assert failed.value.error_code == 101
    assert sandbox.summary()["accepted"] == 5


def test_a_service_delay_answers_without_an_error_code(sandbox):
    sandbox.faults(service_delay={"next": 2})
    answer = sandbox.send().json()
    assert set(answer) == {"Message", "MessageID", "SubmittedAt", "To"}
    assert answer["Message"] == "Message accepted, but delivery may be delayed."
    batch = sandbox.api("POST", "/email/batch", [mail(), mail(To="x")]).json()
    assert "ErrorCode" not in batch[0]
    assert batch[1]["ErrorCode"] == 300


def test_a_200_may_not_be_json(sandbox):
    sandbox.faults(not_json={"next": 1})
    answer = sandbox.send()
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert sandbox.summary()["accepted"] == 1


def test_some_messages_of_a_batch_may_fail_with_a_given_code(sandbox):
    sandbox.faults(item_error={"rate": 0.3, "code": 406}, seed=7)
    answers = sandbox.api("POST", "/email/batch", [mail()] * 200).json()
    failed = [answer for answer in answers if answer["ErrorCode"] == 406]
    assert 30 < len(failed) < 90
    assert "Found inactive addresses: ada@example.com. Inactive" in failed[0]["Message"]
    assert sandbox.summary()["accepted"] == 200 - len(failed)


def test_the_same_seed_gives_the_same_faults(sandbox):
    def codes():
        sandbox.faults(item_error={"rate": 0.5, "code": 300}, seed=42)
        return [answer["ErrorCode"] for answer in sandbox.api("POST", "/email/batch", [mail()] * 50).json()]

    assert codes() == codes()


def test_latency_delays_a_request_and_not_its_neighbours_in_turn(sandbox):
    sandbox.faults(latency_ms=300)
    started = time.monotonic()
    assert requests.get(f"{sandbox.url}/sandbox/faults", timeout=10).json()["latency_ms"] == 300
    assert time.monotonic() - started < 0.25
    sandbox.api("GET", "/server")
    assert time.monotonic() - started >= 0.3


def test_the_search_index_may_lag(sandbox):
    sandbox.faults(index_lag_seconds=0.4)
    sandbox.send(Metadata={"batch": "b"})

    def found():
        return sandbox.api("GET", "/messages/outbound", count=1, offset=0, metadata_batch="b").json()["TotalCount"]

    assert found() == 0
    eventually(found)


def test_a_fault_hits_sending_unless_given_another_path(sandbox):
    sandbox.faults(server_error={"rate": 1})
    assert sandbox.api("GET", "/server").status_code == 200
    assert sandbox.send().status_code == 500
    sandbox.faults(server_error={"rate": 1, "path": "/"})
    assert sandbox.api("GET", "/server").status_code == 500


def test_webhooks_may_come_twice_with_one_trace_id(sandbox, told):
    sandbox.faults(duplicate_webhooks={"next": 1})
    sandbox.send()
    eventually(lambda: len(told.requests) == 2)
    assert told.bodies[0] == told.bodies[1]
    assert len({headers["X-PM-Webhook-Trace-Id"] for headers, _ in told.requests}) == 1


def test_webhooks_may_overtake_each_other(sandbox, told):
    sandbox.faults(reordered_webhooks={"rate": 0.5, "seconds": 0.3}, seed=1)
    sent = [answer["MessageID"] for answer in sandbox.api("POST", "/email/batch", [mail()] * 30).json()]
    eventually(lambda: len(told.requests) == 30)
    heard = [body["MessageID"] for body in told.bodies]
    assert sorted(heard) == sorted(sent)
    assert heard != sent


def test_webhooks_may_be_slow(sandbox, told):
    sandbox.faults(slow_webhooks={"next": 1, "seconds": 0.4})
    started = time.monotonic()
    sandbox.send()
    eventually(lambda: told.requests)
    assert time.monotonic() - started >= 0.4


def test_recipients_may_bounce_and_complain(sandbox, told):
    sandbox.faults(bounce={"next": 1, "type": "SoftBounce"}, complaint={"next": 1})
    sandbox.api("POST", "/email/batch", [mail(), mail(To="grace@example.com")])
    eventually(lambda: len(told.requests) == 4)
    assert [body["Type"] for body in told.of("Bounce")] == ["SoftBounce"]
    assert [body["Email"] for body in told.of("SpamComplaint")] == ["grace@example.com"]
    assert [body["Recipient"] for body in told.of("SubscriptionChange")] == ["grace@example.com"]


def test_patch_changes_one_knob_and_null_turns_it_off(sandbox):
    url = f"{sandbox.url}/sandbox/faults"
    sandbox.faults(latency_ms=1, not_json={"rate": 0.5})
    changed = requests.patch(url, json={"not_json": None, "maintenance": {"next": 1}}, timeout=10).json()
    assert changed["latency_ms"] == 1
    assert "not_json" not in changed
    assert changed["maintenance"] == {"rate": 0, "next": 1, "path": "/email"}
    sandbox.send()
    assert requests.get(url, timeout=10).json()["struck"] == {"maintenance": 1}
    assert requests.delete(url, timeout=10).json()["latency_ms"] == 0


@pytest.mark.parametrize(
    "document",
    [
        {"nonsense": {"rate": 1}},
        {"not_json": 1},
        {"not_json": {"rate": 2}},
        {"not_json": {"code": 1}},
        {"latency_ms": -1},
    ],
)
def test_a_wrong_knob_is_refused_and_changes_nothing(sandbox, document):
    answer = requests.put(f"{sandbox.url}/sandbox/faults", json=document, headers=HEADERS, timeout=10)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert sandbox.send().json()["ErrorCode"] == 0


def test_what_is_tracked_may_be_opened_and_clicked_as_soon_as_it_is_there(sandbox, told):
    sandbox.faults(open={"rate": 1}, click={"rate": 1})
    letter = {"HtmlBody": '<a href="https://example.com/a">A</a>', "TextBody": "https://example.com/t"}
    sandbox.send(**letter)
    sandbox.send(**letter, TrackOpens=True)
    (click,) = eventually(lambda: told.of("Click"))
    assert click["OriginalLink"] == "https://example.com/a"
    rows = sandbox.api("GET", "/sandbox/record").json()["messages"]
    assert [row["happened"] for row in rows] == [[], ["Opened", "LinkClicked"]]
