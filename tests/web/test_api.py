"""The API, over HTTP: what a program with a key gets."""

import csv
import io

from sqlalchemy import text

from jobs.door import queue_named
from jobs.editions import queue_the_rest
from models.api_key import ApiKey
from models.db import transaction
from models.edition import Edition
from tests.web.programs import STATES


def lines(answer):
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.get_data().decode())))


def state_of(ada):
    with transaction() as tx:
        rows = tx.execute(text("select recipient, state from deliveries where kind = 'edition'")).all()
        return {recipient.partition("@")[0]: state for recipient, state in rows}


def test_an_edition_tells_how_it_stands(ada, call, sent):
    told = call(sent).json
    assert (told["id"], told["state"], told["audience"], told["balances"]) == (ada.edition, "sending", 5, True)
    assert told["states"] == dict.fromkeys(STATES, 1)
    assert (told["per_second"], told["seconds_left"]) == (0.0, None)


def test_it_is_sent_to_the_rest_once_however_often_that_is_asked(ada, call, sent):
    assert call(f"{sent}/rest", "POST").json == {"queued": 2}
    assert queue_named("default").count == 1
    assert call(f"{sent}/rest", "POST", json={}).json == {"queued": 0}
    queue_the_rest(ada.edition)
    queue_the_rest(ada.edition, "zz")
    assert call(f"{sent}/rest", "POST").json == {"queued": 0}
    expected = {"failed": "queued", "bounced": "queued", "delivered": "delivered", "suppressed": "suppressed"}
    assert state_of(ada).items() >= expected.items()


def test_without_redis_the_rest_is_left_to_the_sweep(ada, call, sent, without_redis):
    assert call(f"{sent}/rest", "POST").json == {"queued": 2}
    with transaction() as tx:
        assert tx.get_one(Edition, ada.edition).awaits_rest


def test_a_draft_has_no_rest(ada, call):
    assert call(f"/api/v1/editions/{ada.edition}/rest", "POST").json == {"queued": 0}


def test_the_ledger_is_the_one_of_the_pages(ada, call, sent, adas):
    assert call(f"{sent}/deliveries.csv").text == adas.client.get(f"/editions/{ada.edition}/ledger.csv").text
    assert call("/api/v1/deliveries.csv").text == adas.client.get("/deliveries.csv").text
    assert {line["state"] for line in lines(call(f"{sent}/deliveries.csv"))} == set(STATES)
    assert [line["recipient"] for line in lines(call(f"{sent}/deliveries.csv?state=failed"))] == ["failed@example.com"]
    found = lines(call(f"/api/v1/deliveries.csv?kind=edition&source={ada.edition}&recipient=ED@"))
    assert {line["state"] for line in found} == set(STATES) - {"queued"}


def test_the_whole_ledger_is_that_of_the_keys_workspace(ada, charles, call, sent):
    assert len(lines(call("/api/v1/deliveries.csv"))) == 6
    assert len(lines(call("/api/v1/deliveries.csv", key=charles.bearer))) == 1


def test_when_a_key_was_used_is_remembered_to_the_minute(ada, call, sent, clock):
    def used():
        with transaction() as tx:
            return tx.get_one(ApiKey, ada.key).last_used_at

    before = used()
    call(sent)
    assert used() == before
    clock.forward(seconds=61)
    call(sent)
    after = used()
    assert after > before
    call(f"{sent}/rest", "POST")
    assert used() == after


def test_any_spelling_of_bearer_will_do_and_head_and_options_tell_no_more(app, ada, sent):
    client = app.test_client()
    assert client.get(sent, headers={"Authorization": f"bearer {ada.bearer}"}).status_code == 200
    assert client.head(sent).status_code == 401
    assert client.options(sent).get_data() == b""
