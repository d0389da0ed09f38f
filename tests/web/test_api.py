"""The API, over HTTP: what a program with a key gets."""

import csv
import io

from sqlalchemy import text

from jobs.door import queue_named
from jobs.editions import queue_the_rest
from jobs.exports import make_export
from models.api_key import ApiKey
from models.db import transaction
from models.edition import Edition
from tests.web.programs import STATES, problem

LEDGERS = "/api/v1/deliveries/exports"


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


def test_the_ledger_is_a_file_of_the_keys_workspace(ada, charles, call, sent):
    def states(query="", **options):
        made = call(f"{LEDGERS}?{query}", "POST", **options)
        own = f"{LEDGERS}/{made.json['id']}"
        assert (made.status_code, call(f"{own}/file", **options).status_code) == (202, 409)
        make_export(made.json["id"])
        assert call(own, **options).json["state"] == "made"
        told = call(f"{own}/file", **options).get_data().decode("utf-8-sig")
        return sorted(line["state"] for line in csv.DictReader(io.StringIO(told)))

    assert states() == sorted([*STATES, "queued"])
    assert states(f"kind=edition&source={ada.edition}") == sorted(STATES)
    assert states(f"kind=edition&source={ada.edition}&recipient=Failed@example.com") == ["failed"]
    assert states("state=failed&form=csv") == ["failed"]
    assert states(key=charles.bearer) == ["queued"]
    assert problem(call(f"{LEDGERS}/{ada.ledger_export}", key=charles.bearer)) == (404, "not_found")
    assert problem(call(f"{LEDGERS}/{ada.list_export}")) == (404, "not_found")


def test_where_the_ledger_was_once_is_told_where_it_is(call, sent):
    for path in ("/api/v1/deliveries.csv", f"{sent}/deliveries.csv"):
        answer = call(path)
        assert problem(answer) == (410, "gone") and "POST /api/v1/deliveries/exports" in answer.json["error"]["message"]


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
