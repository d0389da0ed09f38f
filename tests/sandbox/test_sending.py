import re
import uuid

import pytest
import requests
from postmarker.exceptions import ClientError

from tests.sandbox.conftest import HEADERS, Sandbox, mail

LONG_AGO = "Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression."


def suppress(sandbox: Sandbox, *emails: str, stream: str = "outbound") -> None:
    rows = [{"EmailAddress": email} for email in emails]
    sandbox.api("POST", f"/message-streams/{stream}/suppressions", {"Suppressions": rows})


def test_postmarker_sends_one_message(sandbox):
    answer = sandbox.client.emails.send(
        From="Post <post@example.com>", To="Ada <ada@example.com>", Subject="Hi", HtmlBody="<p>Hi", Metadata={"k": "v"}
    )
    assert (answer["ErrorCode"], answer["Message"], answer["To"]) == (0, "OK", "Ada <ada@example.com>")
    assert uuid.UUID(answer["MessageID"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z", answer["SubmittedAt"])


def test_a_batch_answers_each_message_in_its_place(sandbox):
    suppress(sandbox, "gone@example.com")
    answers = sandbox.client.emails.send_batch(
        mail(), mail(To="invalid@localhost"), mail(To="gone@example.com"), mail(MessageStream="nowhere")
    )
    assert answers[0]["ErrorCode"] == 0
    assert answers[1:] == [
        {"ErrorCode": 300, "Message": "Invalid 'To' address: 'invalid@localhost'."},
        {
            "ErrorCode": 406,
            "Message": "You tried to send to a recipient that has been marked as inactive. Found inactive addresses: "
            f"gone@example.com. {LONG_AGO} ",
        },
        {"ErrorCode": 1235, "Message": "The stream provided: 'nowhere' does not exist on this server."},
    ]


def test_a_batch_takes_500_messages_and_not_one_more(sandbox):
    assert len(sandbox.api("POST", "/email/batch", [mail()] * 500).json()) == 500
    answer = sandbox.api("POST", "/email/batch", [mail()] * 501)
    assert answer.status_code == 422
    assert answer.json() == {
        "ErrorCode": 410,
        "Message": "You may only send up to 500 messages in a single batched request.",
    }
    assert sandbox.summary()["accepted"] == 500


def test_a_request_above_50_megabytes_is_413(sandbox):
    answer = requests.post(
        f"{sandbox.url}/email/batch", data=b" " * (50 * 1024 * 1024 + 1), headers=HEADERS, timeout=10
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"To": "invalid@localhost"}, 300, "Invalid 'To' address: 'invalid@localhost'."),
        (
            {"Cc": "user@+"},
            300,
            "Error parsing 'Cc': Illegal email domain '+' in address 'user@+'.",
        ),
        (
            {"Bcc": "nobody"},
            300,
            "Error parsing 'Bcc': Illegal email address 'nobody'. It must contain the '@' symbol.",
        ),
        ({"From": "post@localhost"}, 300, "Invalid 'From' address: 'post@localhost'."),
        ({"TextBody": ""}, 300, "Provide either email TextBody or HtmlBody or both."),
        ({"Subject": 7}, 403, "Invalid request field(s): 'Subject'."),
        ({"Metadata": {"k": 1}}, 403, "Invalid request field(s): 'Metadata'."),
        ({"Metadata": {"k" * 21: "v"}}, 300, "Invalid metadata content. Field names are limited to 20 characters..."),
        ({"MessageStream": "x"}, 1235, "The stream provided: 'x' does not exist on this server."),
        ({"MessageStream": "inbound"}, 1236, "Sending is not supported on the 'inbound' message stream."),
    ],
)
def test_a_wrong_message_is_refused_with_postmarks_code_and_text(sandbox, changes, code, message):
    answer = sandbox.send(**changes)
    assert answer.status_code == 422
    assert answer.json() == {"ErrorCode": code, "Message": message}
    assert answer.headers["X-PM-ApiErrorCode"] == str(code)
    assert answer.headers["X-Request-Id"]
    assert sandbox.summary()["accepted"] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"To": ", ".join(f"reader{n}@example.com" for n in range(51))},
        {"To": None},
        {"Subject": "s" * 2001},
        {"Subject": "😀" * 1001},
        {"Tag": "t" * 1001},
        {"HtmlBody": "h" * (5 * 1024 * 1024 + 1)},
        {"Metadata": {"k": "v" * 81}},
        {"Metadata": {f"k{n}": "v" for n in range(11)}},
        {"Metadata": {"k": "v", "K": "v"}},
        {"Attachments": [{"Name": "a.txt", "ContentType": "text/plain", "Content": "QUJD" * 2_700_000}]},
    ],
)
def test_limits_are_code_300(sandbox, changes):
    assert sandbox.send(**changes).json()["ErrorCode"] == 300


def test_an_executable_may_not_be_attached(sandbox):
    attached = [{"Name": "Virus.EXE", "Content": "QUJD", "ContentType": "application/octet-stream"}]
    assert sandbox.send(Attachments=attached).json()["ErrorCode"] == 411


def test_nulls_and_unknown_keys_are_accepted(sandbox):
    nulls = dict.fromkeys(
        ("Cc", "Bcc", "Tag", "HtmlBody", "ReplyTo", "Headers", "TrackOpens", "Attachments", "Metadata")
    )
    assert sandbox.send(**nulls, TrackLinks="None", Novelty=[1]).json()["ErrorCode"] == 0


def test_a_message_to_cc_only_has_no_to_in_its_answer(sandbox):
    answer = sandbox.send(To=None, Cc="grace@example.com").json()
    assert answer["ErrorCode"] == 0
    assert "To" not in answer


def test_a_message_to_inactive_people_only_is_406(sandbox):
    suppress(sandbox, "Ada@Example.com", "grace@example.com")
    with pytest.raises(ClientError) as refused:
        sandbox.client.emails.send(**mail(To="Ada@example.com, grace@example.com"))
    assert refused.value.error_code == 406
    assert sandbox.send().json()["Message"] == (
        "You tried to send to recipient(s) that have been marked as inactive. "
        f"Found inactive addresses: ada@example.com. {LONG_AGO}"
    )


def test_a_message_to_some_inactive_people_goes_to_the_others(sandbox, told):
    suppress(sandbox, "gone@example.com")
    answer = sandbox.send(To="Ada <ada@example.com>, gone@example.com").json()
    assert answer["ErrorCode"] == 0
    assert answer["Message"] == (
        "Message OK, but will not deliver to these inactive addresses: gone@example.com. "
        "Inactive recipients are ones that have generated a hard bounce or a spam complaint."
    )


def test_a_suppression_counts_on_its_stream_only(sandbox):
    suppress(sandbox, "ada@example.com", stream="broadcast")
    assert sandbox.send().json()["ErrorCode"] == 0
    assert sandbox.send(MessageStream="broadcast").json()["ErrorCode"] == 406


def test_templates_are_unknown(sandbox):
    body = mail(TemplateId=1, TemplateModel={})
    assert sandbox.api("POST", "/email/withTemplate", body).json()["ErrorCode"] == 1101
    batch = sandbox.api("POST", "/email/batchWithTemplates", {"Messages": [body, mail(TemplateAlias="a")]}).json()
    assert [row["ErrorCode"] for row in batch] == [1101, 403]
