"""What each of Postmark's answers means for a message, as the sandbox gives them over HTTP."""

import json
import uuid

import pytest

from emails import blocks, postmark
from emails.answers import Ambiguous, Barred, Busy, Inactive, Rejected, Taken, Unavailable
from emails.blocks import filled
from emails.letter import Letter


def letter(name, **more):
    more = {"stream": "outbound", "metadata": {"delivery": "1", "batch": "b"}} | more
    return Letter(
        subject="Hello",
        text="text",
        html="<p>html</p>",
        tag="reminder",
        to=f"{name}@example.com",
        sender="Postroom <postroom@postroom.example>",
        **more,
    )


def kinds(answers):
    return [type(answer) for answer in answers]


def accepted(sandbox):
    return sandbox.get("/sandbox/record/summary").json()["accepted"]


def fault(sandbox, **knobs):
    sandbox.put("/sandbox/faults", json=knobs).raise_for_status()


def test_a_message_that_is_taken_has_its_provider_id(sandbox):
    (answer,) = postmark.send([letter("ada", reply_to="x+y@inbound.example", headers={"X-One": "1"})])
    assert isinstance(answer, Taken)
    message = sandbox.get(f"/sandbox/messages/{answer.provider_id}").json()
    assert (message["To"], message["ReplyTo"], message["Tag"]) == ("ada@example.com", "x+y@inbound.example", "reminder")
    assert {"Name": "X-One", "Value": "1"} in message["Headers"]


def test_each_message_of_a_batch_has_its_own_answer_in_order(sandbox):
    names = ["ada", "not an address", "grace"]
    assert kinds(postmark.send([letter(name) for name in names])) == [Taken, Rejected, Taken]


def test_more_than_500_go_in_several_calls(sandbox):
    answers = postmark.send([letter(f"p{n}") for n in range(1001)])
    assert kinds(answers) == [Taken] * 1001
    assert accepted(sandbox) == 1001


def test_letters_too_large_for_one_call_go_in_several():
    large = b'"%b"' % (b"x" * (blocks.SIZE * 2 // 5))
    found = [(block.count, len(json.loads(bytes(block.body())))) for block in filled([large] * 5)]
    assert found == [(2, 2), (2, 2), (1, 1)]


def test_a_letter_larger_than_a_block_goes_alone():
    sizes = [1, blocks.SIZE * 2, 1]
    found = [json.loads(bytes(block.body())) for block in filled(b'"%b"' % (b"x" * size) for size in sizes)]
    assert [list(map(len, each)) for each in found] == [[1], [blocks.SIZE * 2], [1]]


def test_a_block_is_used_again():
    for _ in range(3):
        assert [json.loads(bytes(block.body())) for block in filled([b"1", b"2"])] == [[1, 2]]
    assert len(blocks._free) <= blocks.KEPT


def test_an_inactive_address_is_told_from_an_invalid_one(sandbox):
    path = "/message-streams/outbound/suppressions"
    token = {"X-Postmark-Server-Token": "a-token-of-the-sandbox", "Accept": "application/json"}
    suppressed = {"Suppressions": [{"EmailAddress": "ada@example.com"}]}
    sandbox.post(path, json=suppressed, headers=token).raise_for_status()
    assert kinds(postmark.send([letter("ada"), letter("grace")])) == [Inactive, Taken]


@pytest.mark.parametrize("knob", ["too_many_requests", "maintenance", "drop_before_accept"])
def test_what_was_certainly_not_taken_may_be_sent_again(sandbox, knob):
    fault(sandbox, **{knob: {"next": 1}})
    expected = Ambiguous if knob == "drop_before_accept" else Busy
    assert kinds(postmark.send([letter("ada")])) == [expected]
    assert accepted(sandbox) == 0


@pytest.mark.parametrize("knob", ["server_error", "server_error_html", "accept_then_drop", "half_accepted", "not_json"])
def test_what_may_have_been_taken_is_ambiguous(sandbox, knob):
    fault(sandbox, **{knob: {"next": 1}})
    assert kinds(postmark.send([letter("ada"), letter("grace")])) == [Ambiguous, Ambiguous]


def test_nobody_listening_means_nothing_was_taken(monkeypatch):
    import dataclasses

    from local.server import free_port

    nowhere = dataclasses.replace(postmark.settings, postmark_api_url=f"http://127.0.0.1:{free_port()}")
    monkeypatch.setattr(postmark, "settings", nowhere)
    monkeypatch.setattr(postmark, "_local", type(postmark._local)())
    assert kinds(postmark.send([letter("ada")])) == [Busy]


def test_a_delayed_message_without_an_error_code_is_taken(sandbox):
    fault(sandbox, service_delay={"next": 1})
    assert kinds(postmark.send([letter("ada")])) == [Taken]


def test_a_wrong_token_blames_no_message(sandbox):
    sandbox.patch("/sandbox/settings", json={"server_tokens": ["another"]}).raise_for_status()
    try:
        assert kinds(postmark.send([letter("ada")])) == [Barred]
    finally:
        sandbox.patch("/sandbox/settings", json={"server_tokens": []}).raise_for_status()


def test_the_search_tells_which_of_a_batch_were_taken(sandbox):
    batch = str(uuid.uuid4())
    fault(sandbox, half_accepted={"next": 1})
    metadata = [{"delivery": str(n), "batch": batch.replace("-", "")} for n in range(4)]
    postmark.send([letter("ada", metadata=each) for each in metadata])
    assert sorted(postmark.search("outbound", batch)) == [0, 1]
    assert postmark.search("broadcast", batch) == {}


def test_a_search_that_fails_says_so(sandbox):
    fault(sandbox, server_error={"next": 1, "path": "/messages"})
    with pytest.raises(Unavailable):
        postmark.search("outbound", str(uuid.uuid4()))
