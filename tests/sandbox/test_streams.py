from tests.sandbox.conftest import eventually


def change(sandbox, path, *emails):
    rows = [{"EmailAddress": email} for email in emails]
    return sandbox.api("POST", f"/message-streams/outbound/suppressions{path}", {"Suppressions": rows}).json()


def dump(sandbox, **query):
    return sandbox.api("GET", "/message-streams/outbound/suppressions/dump", **query).json()["Suppressions"]


def test_a_new_server_has_three_streams(sandbox):
    found = sandbox.api("GET", "/message-streams").json()
    assert [(one["ID"], one["MessageStreamType"]) for one in found["MessageStreams"]] == [
        ("outbound", "Transactional"),
        ("inbound", "Inbound"),
        ("broadcast", "Broadcasts"),
    ]
    handling = sandbox.api("GET", "/message-streams/broadcast").json()["SubscriptionManagementConfiguration"]
    assert handling == {"UnsubscribeHandlingType": "Postmark"}


def test_a_stream_is_created_edited_used_and_archived(sandbox):
    new = {"ID": "letters", "Name": "Letters", "MessageStreamType": "Broadcasts"}
    assert sandbox.api("POST", "/message-streams", new).status_code == 200
    assert sandbox.api("PATCH", "/message-streams/letters", {"Name": "Post"}).json()["Name"] == "Post"
    assert sandbox.send(MessageStream="letters").json()["ErrorCode"] == 0
    assert set(sandbox.api("POST", "/message-streams/letters/archive").json()) == {
        "ID",
        "ServerID",
        "ExpectedPurgeDate",
    }
    assert sandbox.send(MessageStream="letters").json()["ErrorCode"] == 1236
    assert sandbox.api("GET", "/message-streams/nowhere").json()["ErrorCode"] == 1226
    assert sandbox.api("POST", "/message-streams", new | {"ID": "pm-x"}).status_code == 422


def test_suppressions_are_made_listed_and_taken_back(sandbox, told):
    assert change(sandbox, "", "Ada@example.com", "nonsense")["Suppressions"] == [
        {"EmailAddress": "ada@example.com", "Status": "Suppressed", "Message": None},
        {"EmailAddress": "nonsense", "Status": "Failed", "Message": "An invalid email address was provided."},
    ]
    (row,) = dump(sandbox)
    assert (row["EmailAddress"], row["SuppressionReason"], row["Origin"]) == (
        "ada@example.com",
        "ManualSuppression",
        "Customer",
    )
    assert dump(sandbox, Origin="Recipient") == []
    taken = change(sandbox, "/delete", "ada@example.com", "never@example.com")["Suppressions"]
    assert [row["Status"] for row in taken] == ["Deleted", "Deleted"]
    assert dump(sandbox) == []
    eventually(lambda: [body["SuppressSending"] for body in told.bodies] == [True, False])


def test_a_complaint_cannot_be_taken_back(sandbox):
    sandbox.act(sandbox.send().json()["MessageID"], "complain")
    (row,) = change(sandbox, "/delete", "ada@example.com")["Suppressions"]
    assert (row["Status"], row["Message"]) == (
        "Failed",
        "You do not have the required authority to change this suppression.",
    )


def test_at_most_50_suppressions_go_in_one_call(sandbox):
    assert change(sandbox, "", *[f"r{n}@example.com" for n in range(51)])["ErrorCode"] == 1410
    assert sandbox.api("POST", "/message-streams/outbound/suppressions", {}).json()["ErrorCode"] == 1409


def test_the_server_tells_its_inbound_address(sandbox):
    assert sandbox.client.server.get().InboundAddress == "hash@inbound.example"
