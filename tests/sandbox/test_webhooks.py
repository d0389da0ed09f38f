import base64
import re
import time

import pytest

from tests.sandbox.conftest import eventually, mail

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z")


def hook(listener, stream="outbound", **triggers):
    enabled = {name: {"Enabled": True, **options} for name, options in triggers.items()}
    return {"Url": f"{listener.url}/hook", "MessageStream": stream, "Triggers": enabled}


def test_an_accepted_message_is_told_to_be_delivered(sandbox, told):
    sent = sandbox.send(Tag="welcome", Metadata={"delivery": "7"}).json()
    headers, body = eventually(lambda: told.requests)[0]
    assert told.paths == ["/events"]
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"postmark:secret").decode()
    assert headers["Content-Type"] == "application/json"
    assert headers["X-PM-Retries-Remaining"] == "6"
    assert len(headers["X-PM-Webhook-Trace-Id"]) == 36
    assert STAMP.fullmatch(body.pop("DeliveredAt"))
    assert body.pop("Details").startswith("250 2.0.0 OK")
    assert body == {
        "RecordType": "Delivery",
        "MessageStream": "outbound",
        "ServerID": 23,
        "MessageID": sent["MessageID"],
        "Recipient": "ada@example.com",
        "Tag": "welcome",
        "Metadata": {"delivery": "7"},
    }


def test_every_recipient_gets_a_delivery_of_their_own(sandbox, told):
    sandbox.send(To="a@example.com, b@example.com", Cc="c@example.com", Bcc="d@example.com")
    eventually(lambda: len(told.requests) == 4)
    assert sorted(body["Recipient"][0] for body in told.bodies) == ["a", "b", "c", "d"]


def test_nothing_is_delivered_when_delivery_is_off(sandbox, told):
    sandbox.settings(deliver=False)
    sandbox.send()
    time.sleep(0.2)
    assert told.requests == []


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_an_event_is_retried_with_the_same_trace_until_it_is_taken(sandbox, told, status):
    told.statuses += [status, status]
    sandbox.send()
    eventually(lambda: len(told.requests) == 3)
    assert [headers["X-PM-Retries-Remaining"] for headers, _ in told.requests] == ["6", "5", "4"]
    assert len({headers["X-PM-Webhook-Trace-Id"] for headers, _ in told.requests}) == 1
    assert sandbox.summary()["webhooks"]["given_up"] == 0


def test_an_event_is_given_up_after_seven_tries(sandbox, told):
    told.statuses += [500] * 20
    sandbox.settings(retry_speed=100_000)
    sandbox.send()
    eventually(lambda: sandbox.summary()["webhooks"]["given_up"] == 1)
    sandbox.settings(retry_speed=3000)
    assert len(told.requests) == 7


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_an_event_refused_with_another_4xx_is_dropped(sandbox, told, status):
    told.statuses += [status]
    sandbox.send()
    eventually(lambda: sandbox.summary()["webhooks"]["given_up"] == 1)
    assert len(told.requests) == 1


def test_an_event_waits_for_a_listener_that_is_not_there_yet(sandbox, listener):
    sandbox.settings(events_url="http://127.0.0.1:9/nobody")
    sandbox.send()
    eventually(lambda: sandbox.summary()["webhooks"]["retried"])
    attempt = sandbox.api("GET", "/sandbox/webhooks").json()["attempts_log"][-1]
    assert attempt["status"] == 0
    assert "Connect" in attempt["answer"]


@pytest.mark.parametrize(
    ("address", "kind", "inactive"),
    [
        ("hardbounce", "HardBounce", True),
        ("Soft_Bounce", "SoftBounce", False),
        ("DMARCPolicy", "DMARCPolicy", False),
        ("whatever", "HardBounce", True),
        ("spamcomplaint", "HardBounce", True),
    ],
)
def test_a_bounce_testing_address_bounces_as_it_says(sandbox, told, address, kind, inactive):
    email = f"{address}@bounce-testing.postmarkapp.com"
    sandbox.send(To=email)
    bounce = eventually(lambda: told.of("Bounce"))[0]
    assert (bounce["Type"], bounce["Inactive"], bounce["Email"]) == (kind, inactive, email)
    assert told.of("Delivery") == []
    assert sandbox.send(To=email).json()["ErrorCode"] == (406 if inactive else 0)


def test_a_header_asks_for_a_bounce_and_the_black_hole_is_silent(sandbox, told):
    sandbox.send(To="test@blackhole.postmarkapp.com")
    sandbox.send(Headers=[{"Name": "X-PM-Bounce-Type", "Value": "Transient"}])
    assert eventually(lambda: told.requests)[0][1]["Type"] == "Transient"
    assert told.of("Delivery") == []


def test_each_stream_needs_a_webhook_of_its_own(sandbox, listener):
    created = sandbox.api("POST", "/webhooks", hook(listener, Delivery={}) | {"Verify": False}).json()
    sandbox.api("POST", f"/webhooks/{created['ID']}/verify", {})
    listener.requests.clear()
    sandbox.api("POST", "/email/batch", [mail(MessageStream="broadcast"), mail()])
    eventually(lambda: listener.requests)
    time.sleep(0.1)
    assert [body["MessageStream"] for body in listener.bodies] == ["outbound"]


def test_a_new_webhook_is_tried_with_each_event_it_wants(sandbox, listener):
    assert sandbox.api("POST", "/webhooks", hook(listener, Delivery={}, Bounce={})).status_code == 200
    assert {body["RecordType"] for body in listener.bodies} == {"Delivery", "Bounce"}
    listener.statuses += [500]
    refused = sandbox.api("POST", "/webhooks", hook(listener, Open={}))
    assert refused.json()["ErrorCode"] == 1364
    assert len(sandbox.api("GET", "/webhooks").json()["Webhooks"]) == 1


def test_an_unverified_webhook_gets_nothing(sandbox, listener):
    sandbox.api("POST", "/webhooks", hook(listener, Delivery={}) | {"Verify": False})
    sandbox.send()
    time.sleep(0.2)
    assert listener.requests == []


def test_a_webhook_brings_its_own_login_headers_and_the_content_it_asked_for(sandbox, listener):
    document = hook(listener, Bounce={"IncludeContent": True})
    document |= {"HttpAuth": {"Username": "u", "Password": "p"}, "HttpHeaders": [{"Name": "X-Mine", "Value": "1"}]}
    sandbox.api("POST", "/webhooks", document)
    listener.requests.clear()
    sandbox.act(sandbox.send().json()["MessageID"], "bounce")
    headers, body = eventually(lambda: listener.requests)[0]
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"u:p").decode()
    assert headers["X-Mine"] == "1"
    assert "Subject: What did you get done?" in body["Content"]


def test_webhooks_are_listed_edited_and_deleted(sandbox, listener):
    created = sandbox.api("POST", "/webhooks", hook(listener, Open={"PostFirstOpenOnly": True})).json()
    assert created["Triggers"]["Open"] == {"Enabled": True, "PostFirstOpenOnly": True}
    path = f"/webhooks/{created['ID']}"
    edited = sandbox.api("PUT", path, {"Triggers": {"Click": {"Enabled": True}}}).json()
    assert edited["Triggers"]["Click"]["Enabled"]
    assert edited["Triggers"]["Open"]["Enabled"]
    assert sandbox.api("GET", path).json() == edited
    assert sandbox.api("GET", "/webhooks", MessageStream="broadcast").json() == {"Webhooks": []}
    assert sandbox.api("DELETE", path).json()["ErrorCode"] == 0
    assert sandbox.api("GET", path).status_code == 422
