"""Whether an installation is well, and what is done about it."""

import os
import threading
import time
from dataclasses import replace

import pytest
from rq import Worker
from rq.serializers import JSONSerializer
from werkzeug.serving import make_server

from jobs import checkups, own_checks, provider_checks
from jobs.connection import redis_connection
from jobs.door import queue_named
from jobs.schedule import ID, Schedule
from models.check import Check, State, StoredCheck
from models.db import transaction
from models.stream import Stream, Weather


@pytest.fixture
def postmark(provider):
    """The server as it was made: it knows nothing of us."""
    ours = {"inbound_address": os.environ["INBOUND_ADDRESS"], "server_tokens": [], "inbound_url": ""}
    before = {name: provider.get("/sandbox/settings").json()[name] for name in ours}
    provider.patch("/sandbox/settings", json=ours)
    yield provider
    provider.delete("/sandbox")
    provider.patch("/sandbox/settings", json=before)


@pytest.fixture
def reachable(app):
    """The app, where BASE_URL says."""
    server = make_server("127.0.0.1", int(os.environ["BASE_URL"].rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def states(checks):
    return {check.name: str(check.state) for check in checks}


def own():
    with transaction() as tx:
        return {check.name: check for check in own_checks.all_checks(tx)}


def test_a_fresh_server_at_postmark_is_put_right_by_one_press(ada, adas, postmark, reachable):
    checkups.examine()
    page = adas.get("/doctor")
    assert "Something must be fixed." in page.text
    assert "Postmark does not know where mail that comes in should go." in page.text
    page.press("Register the webhooks")
    for _ in range(2):  # a repeat finds its own
        checkups.register_webhooks(*queue_named("high").jobs[-1].args)
    found = states(provider_checks.all_checks())
    assert found.pop("Sender") == "unknown"
    assert {*found.values()} == {"fine"} and len(found) == 7
    page = adas.get("/doctor")
    assert "must be fixed" not in page.page.get_element_by_id("provider").text_content()
    assert not page.page.xpath("//button[text()='Register the webhooks']")
    hooks = postmark.get("/webhooks", headers=_token()).json()["Webhooks"]
    assert [(hook["MessageStream"], hook["HttpAuth"]["Username"]) for hook in hooks] == [
        ("outbound", "postmark"),
        ("broadcast", "postmark"),
    ]


def test_webhooks_that_tell_too_little_or_cannot_sign_in_are_found(ada, postmark):
    hook = {"Url": provider_checks.base() + "/webhooks/postmark/events", "Verify": False}
    hook |= {"HttpAuth": {"Username": "postmark", "Password": "the-webhook-secret"}, "Triggers": {}}
    number = postmark.post("/webhooks", json=hook, headers=_token()).json()["ID"]
    webhook = provider_checks.webhook("outbound", provider_checks.base())
    assert (webhook.state, webhook.remedy) == ("bad", "webhooks") and "Delivery, Bounce" in webhook.found
    wrong = {"HttpAuth": {"Username": "postmark", "Password": "an old one"}, "Verify": False}
    postmark.put(f"/webhooks/{number}", json=wrong, headers=_token())
    assert "none of WEBHOOK_SECRETS" in provider_checks.webhook("outbound", provider_checks.base()).found


def test_who_manages_unsubscribes_is_the_same_here_and_at_postmark(ada, postmark):
    for told, believed, state in (
        ("Custom", "postmark", "bad"),
        ("Custom", "ours", "fine"),
        ("Postmark", "ours", "look"),
    ):
        handling = {"SubscriptionManagementConfiguration": {"UnsubscribeHandlingType": told}}
        postmark.patch("/message-streams/broadcast", json=handling, headers=_token())
        with transaction() as tx:
            Stream.named(tx, "broadcast").unsubscribes = believed
        assert provider_checks.unsubscribes("broadcast").state == state
    assert provider_checks.unsubscribes("letters").state == "unknown"


def test_an_address_that_does_not_answer_is_not_registered_and_that_is_told(ada, adas, postmark):
    checkups.register_webhooks()
    assert "Postmark did not take it" in adas.get("/doctor").text


def test_a_token_that_is_refused_and_a_postmark_that_is_away_are_told_apart(ada, postmark):
    postmark.patch("/sandbox/settings", json={"server_tokens": ["another"]})
    first = provider_checks.all_checks()[0]
    assert (first.state, "POSTMARK_SERVER_TOKEN" in first.fix) == ("bad", True)
    postmark.patch("/sandbox/settings", json={"server_tokens": []})
    postmark.patch("/sandbox/faults", json={"maintenance": {"rate": 1, "path": "/"}})
    assert states(provider_checks.all_checks())["Postmark token"] == "unknown"


def test_a_sender_is_judged_by_what_became_of_mail(ada):
    assert provider_checks.sender().state == State.UNKNOWN
    with transaction() as tx:
        Stream.named(tx, "outbound").hear(Weather.BARRED, "[400] it is not a Sender Signature on your account")
    assert provider_checks.sender().state == State.BAD


def test_another_inbound_address_is_to_be_looked_at(ada, postmark):
    postmark.patch("/sandbox/settings", json={"inbound_address": "other@inbound.example"})
    assert states(provider_checks.all_checks())["Inbound address"] == "look"


def test_it_knows_whether_a_worker_and_a_scheduler_are_alive(ada):
    assert (own()["Worker"].state, own()["Scheduler"].state) == ("bad", "bad")
    Worker(["high"], connection=redis_connection(), serializer=JSONSerializer).register_birth()
    Schedule(redis_connection()).reconcile()
    assert (own()["Worker"].state, own()["Scheduler"].state) == ("fine", "fine")
    redis_connection().zadd("rq:scheduler:scheduled_jobs", {ID: time.time() - 300})
    assert "5 min late" in own()["Scheduler"].found


def test_what_this_machine_knows_is_well_here(ada, monkeypatch):
    found = own()
    assert {found[name].state for name in ("Configuration", "Address", "Migrations", "Clocks", "Redis")} == {"fine"}
    assert found["Error reports"].state == State.LOOK
    monkeypatch.setattr(own_checks, "settings", replace(own_checks.settings, environment="production"))
    assert "BASE_URL" in own()["Address"].fix


def test_a_redis_that_forgets_is_to_be_looked_at():
    assert own_checks.redis("allkeys-lru").state == State.LOOK
    assert own_checks.redis("").state == own_checks.redis("noeviction").state == State.FINE


def test_without_redis_the_page_stands(ada, adas, without_redis):
    assert "Redis does not answer" in adas.get("/doctor").text


def test_postmark_is_asked_every_hour_and_by_a_press(ada, adas, clock):
    checkups.sweep_checks()
    assert queue_named("high").count == 1
    with transaction() as tx:
        StoredCheck.replace(tx, [Check("Postmark token", State.FINE, "It opens.")])
    checkups.sweep_checks()
    assert queue_named("high").count == 1
    clock.forward(hours=2)
    checkups.sweep_checks()
    adas.get("/doctor").press("Ask again")
    assert queue_named("high").count == 3


def test_it_is_operators_alone(ada, charles, graces, signed_in):
    for outsider in (graces, signed_in(charles.owner)):
        assert outsider.get("/doctor").status == 403


def _token():
    return {"X-Postmark-Server-Token": "any", "Accept": "application/json"}
