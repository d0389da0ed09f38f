import requests

from tests.sandbox.conftest import HEADERS, TOKEN, mail


def test_only_confirmed_senders_may_send(sandbox):
    sandbox.settings(senders=["example.org", "grace@example.com"])
    assert sandbox.send(From="Grace <grace@example.com>").json()["ErrorCode"] == 0
    assert sandbox.send(From="x@example.com").json() == {
        "ErrorCode": 400,
        "Message": "The 'From' address you supplied (x@example.com) is not a Sender Signature on your account. Please "
        "add and confirm this address in order to be able to use it in the 'From' field of your messages.",
    }


def test_an_account_pending_approval_sends_within_its_domain(sandbox):
    sandbox.settings(pending_approval=True)
    assert sandbox.send().json()["ErrorCode"] == 0
    assert sandbox.send(To="ada@elsewhere.example").json()["ErrorCode"] == 412


def test_the_test_token_checks_and_forgets(sandbox):
    headers = HEADERS | {"x-postmark-server-token": "postmark_api_test"}
    del headers["X-Postmark-Server-Token"]
    good = requests.post(f"{sandbox.url}/email", json=mail(), headers=headers, timeout=10).json()
    assert (good["ErrorCode"], good["Message"], len(good["MessageID"])) == (0, "Test job accepted", 36)
    bad = requests.post(f"{sandbox.url}/email", json=mail(To="x"), headers=headers, timeout=10)
    assert bad.json()["ErrorCode"] == 300
    assert sandbox.summary()["accepted"] == 0


def test_a_token_is_good_in_any_case_and_a_wrong_one_is_401(sandbox):
    def status(token: str | None) -> tuple[int, int]:
        headers = {"Accept": "application/json"} | ({"X-Postmark-Server-Token": token} if token else {})
        answer = requests.post(f"{sandbox.url}/email", json=mail(), headers=headers, timeout=10)
        return answer.status_code, answer.json()["ErrorCode"]

    assert status(TOKEN.upper()) == (200, 0)
    assert status("wrong") == (401, 10)
    assert status(None) == (401, 10)


def test_json_headers_are_required(sandbox):
    url, bare = f"{sandbox.url}/email", {"X-Postmark-Server-Token": TOKEN}
    assert requests.post(url, json=mail(), headers=bare | {"Accept": "text/html"}, timeout=10).status_code == 415
    assert (
        requests.post(url, data=b"{}", headers=HEADERS | {"Content-Type": "text/plain"}, timeout=10).status_code == 415
    )
    assert requests.get(f"{sandbox.url}/server", headers=bare | {"Accept": "*/*"}, timeout=10).status_code == 415


def test_broken_json_is_402_even_before_anything_else_of_the_body(sandbox):
    headers = HEADERS | {"Content-Type": "application/json"}
    answer = requests.post(f"{sandbox.url}/email", data=b"{", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["ErrorCode"]) == (422, 402)
