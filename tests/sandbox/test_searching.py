from tests.sandbox.conftest import Sandbox, eventually, mail


def search(sandbox: Sandbox, **query):
    return sandbox.api("GET", "/messages/outbound", **({"count": 500, "offset": 0} | query)).json()


def test_one_search_finds_a_whole_batch_by_its_metadata(sandbox):
    batch = [mail(Metadata={"delivery": str(n), "batch": "b-1"}, MessageStream="broadcast") for n in range(300)]
    sent = sandbox.client.emails.send_batch(*batch)
    sandbox.send(Metadata={"batch": "b-2"}, MessageStream="broadcast")
    found = sandbox.client.call(
        "GET", "/messages/outbound", count=500, offset=0, messagestream="broadcast", metadata_Batch="b-1"
    )
    assert found["TotalCount"] == 300
    by_delivery = {row["Metadata"]["delivery"]: row["MessageID"] for row in found["Messages"]}
    assert by_delivery == {str(n): answer["MessageID"] for n, answer in enumerate(sent)}


def test_a_search_looks_into_the_outbound_stream_unless_told(sandbox):
    sandbox.send(MessageStream="broadcast")
    assert search(sandbox)["TotalCount"] == 0
    assert search(sandbox, messagestream="broadcast")["TotalCount"] == 1


def test_a_metadata_value_is_compared_whole_and_under_its_own_key(sandbox):
    sandbox.send(Metadata={"delivery": "12", "other": "1"})
    assert search(sandbox, metadata_delivery="1")["TotalCount"] == 0
    assert search(sandbox, metadata_delivery="12")["TotalCount"] == 1


def test_a_search_takes_one_metadata_filter_and_wants_count_and_offset(sandbox):
    assert search(sandbox, metadata_a="1", metadata_b="2")["ErrorCode"] == 700
    assert search(sandbox, count=501)["ErrorCode"] == 700
    assert search(sandbox, count=500, offset=9_501)["ErrorCode"] == 700
    assert sandbox.api("GET", "/messages/outbound").json()["ErrorCode"] == 700


def test_the_other_filters(sandbox):
    sandbox.send(To="Ada <Ada@Example.com>", Tag="digest", Subject="Friday's digest")
    sandbox.send(To="grace@example.com", Cc="ada@example.com", From="Other <other@example.com>")
    assert search(sandbox, recipient="ada@example.com")["TotalCount"] == 2
    assert search(sandbox, recipient="ada@example")["TotalCount"] == 0
    assert search(sandbox, tag="digest")["TotalCount"] == 1
    assert search(sandbox, subject="DIGEST")["TotalCount"] == 1
    assert search(sandbox, fromemail="other@example.com")["TotalCount"] == 1
    assert search(sandbox, status="queued")["TotalCount"] == 0
    assert search(sandbox, fromdate="2020-01-01", todate="2020-01-02")["TotalCount"] == 0


def test_pages_are_newest_first(sandbox):
    for number in range(3):
        sandbox.send(Subject=str(number))
    assert [row["Subject"] for row in search(sandbox, count=2, offset=1)["Messages"]] == ["1", "0"]


def test_a_search_result_has_postmarks_shape(sandbox):
    sent = sandbox.send(From='"Joe" <joe@example.com>', Tag="t", TrackOpens=True, Metadata={"k": "v"}).json()
    (row,) = search(sandbox)["Messages"]
    received = row.pop("ReceivedAt")
    assert received[10] == "T"
    assert received[-6] in "-+"
    assert row == {
        "Tag": "t",
        "MessageID": sent["MessageID"],
        "MessageStream": "outbound",
        "To": [{"Email": "ada@example.com", "Name": None}],
        "Cc": [],
        "Bcc": [],
        "Recipients": ["ada@example.com"],
        "From": '"Joe" <joe@example.com>',
        "Subject": "What did you get done?",
        "Attachments": [],
        "Status": "Sent",
        "TrackOpens": True,
        "TrackLinks": "None",
        "Metadata": {"k": "v"},
        "Sandboxed": False,
    }


def test_details_tell_bodies_and_what_happened(sandbox, told):
    message_id = sandbox.send(HtmlBody="<p>Hi").json()["MessageID"]
    path = f"/messages/outbound/{message_id}/details"
    eventually(lambda: sandbox.api("GET", path).json()["MessageEvents"])
    sandbox.act(message_id, "open")
    details = sandbox.api("GET", path).json()
    assert (details["TextBody"], details["HtmlBody"]) == ("Hello", "<p>Hi")
    assert [event["Type"] for event in details["MessageEvents"]] == ["Delivered", "Opened"]
    assert f"Message-ID: <{message_id}@mtasv.net>" in sandbox.client.call("GET", path[:-7] + "dump")["Body"]


def test_an_unknown_message_is_701(sandbox):
    answer = sandbox.api("GET", "/messages/outbound/00000000-0000-0000-0000-000000000000/details")
    assert answer.json()["ErrorCode"] == 701
