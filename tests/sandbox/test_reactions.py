from tests.sandbox.conftest import eventually

LETTER = {"HtmlBody": '<a href="https://example.com/x?a=1&amp;b=2">x</a>', "TextBody": "See https://example.com/y."}


def sent(sandbox, **changes):
    return sandbox.send(Tag="Test", Metadata={"delivery": "9"}, **changes).json()["MessageID"]


def only(told, kind):
    (body,) = eventually(lambda: told.of(kind))
    return body


def test_a_hard_bounce_is_told_suppressed_and_listed(sandbox, told):
    message_id = sent(sandbox)
    sandbox.act(message_id, "bounce")
    bounce = only(told, "Bounce")
    assert bounce.pop("BouncedAt").endswith("Z")
    assert bounce == {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": bounce["ID"],
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "Test",
        "MessageID": message_id,
        "Metadata": {"delivery": "9"},
        "ServerID": 23,
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": "ada@example.com",
        "From": "post@example.com",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "What did you get done?",
    }
    change = only(told, "SubscriptionChange")
    assert (change["SuppressSending"], change["SuppressionReason"]) == (True, "HardBounce")
    assert sandbox.client.bounces.all(emailFilter="ada@")[0].Type == "HardBounce"
    assert sandbox.api("GET", "/deliverystats").json()["InactiveMails"] == 1
    assert "Subject" in sandbox.api("GET", f"/bounces/{bounce['ID']}/dump").json()["Body"]


def test_a_bounce_may_be_activated_and_a_complaint_may_not(sandbox, told):
    bounce = sandbox.act(sent(sandbox), "bounce")
    answer = sandbox.api("PUT", f"/bounces/{bounce['ID']}/activate").json()
    assert (answer["Message"], answer["Bounce"]["Inactive"]) == ("OK", False)
    assert sandbox.send().json()["ErrorCode"] == 0
    change = eventually(lambda: [body for body in told.of("SubscriptionChange") if not body["SuppressSending"]])[0]
    assert (change["MessageID"], change["SuppressionReason"], change["Tag"], change["Metadata"]) == (
        None,
        None,
        None,
        {},
    )
    complaint = sandbox.act(sent(sandbox), "complain")
    assert sandbox.api("PUT", f"/bounces/{complaint['ID']}/activate").json()["ErrorCode"] == 1003


def test_a_complaint_has_a_record_type_of_its_own(sandbox, told):
    sandbox.act(sent(sandbox), "complain")
    complaint = only(told, "SpamComplaint")
    assert (complaint["Type"], complaint["TypeCode"], complaint["CanActivate"]) == ("SpamComplaint", 100001, False)
    assert only(told, "SubscriptionChange")["SuppressionReason"] == "SpamComplaint"


def test_an_open_tells_whether_it_was_the_first(sandbox, told):
    message_id = sent(sandbox)
    sandbox.act(message_id, "open")
    sandbox.act(message_id, "open")
    eventually(lambda: len(told.of("Open")) == 2)
    assert sorted(body["FirstOpen"] for body in told.of("Open")) == [False, True]
    assert {"Client", "OS", "Platform", "UserAgent", "ReadSeconds", "Geo", "ReceivedAt"} <= set(told.of("Open")[0])


def test_a_click_tells_the_link_and_where_it_stood(sandbox, told):
    message_id = sent(sandbox, **LETTER)
    sandbox.act(message_id, "click", link="https://example.com/x?a=1&b=2")
    sandbox.act(message_id, "click", link="https://example.com/y")
    eventually(lambda: len(told.of("Click")) == 2)
    found = {(body["OriginalLink"], body["ClickLocation"]) for body in told.of("Click")}
    assert found == {("https://example.com/x?a=1&b=2", "HTML"), ("https://example.com/y", "Text")}
    assert not {"FirstOpen", "ReadSeconds"} & set(told.of("Click")[0])


def test_an_unsubscribe_suppresses_the_address_on_that_stream(sandbox, told):
    message_id = sent(sandbox, MessageStream="broadcast")
    sandbox.act(message_id, "unsubscribe")
    change = only(told, "SubscriptionChange")
    assert change.pop("ChangedAt")
    assert change == {
        "RecordType": "SubscriptionChange",
        "MessageID": message_id,
        "ServerID": 23,
        "MessageStream": "broadcast",
        "Recipient": "ada@example.com",
        "Origin": "Recipient",
        "SuppressSending": True,
        "SuppressionReason": "ManualSuppression",
        "Tag": "Test",
        "Metadata": {"delivery": "9"},
    }
    assert sandbox.send(MessageStream="broadcast").json()["ErrorCode"] == 406
    assert sandbox.send().json()["ErrorCode"] == 0


def test_a_broadcast_carries_postmarks_unsubscribe_link(sandbox):
    body = {"HtmlBody": '<a href="{{{ pm:unsubscribe }}}">Leave</a>', "TextBody": "Hello"}
    message_id = sent(sandbox, MessageStream="broadcast", **body)
    shown = sandbox.api("GET", f"/sandbox/messages/{message_id}").json()
    link = f"{sandbox.url}/unsubscribe/{message_id}"
    assert shown["HtmlBody"] == f'<a href="{link}">Leave</a>'
    assert shown["TextBody"].endswith(f"Unsubscribe: {link}\n")
    raw = sandbox.api("GET", f"/messages/outbound/{message_id}/dump").json()["Body"]
    assert f"List-Unsubscribe: <{link}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw


def test_a_stream_with_custom_handling_keeps_our_own_headers(sandbox):
    custom = {"SubscriptionManagementConfiguration": {"UnsubscribeHandlingType": "Custom"}}
    sandbox.api("PATCH", "/message-streams/broadcast", custom)
    headers = [{"Name": "List-Unsubscribe", "Value": "<https://example.com/u/1>"}]
    message_id = sent(sandbox, MessageStream="broadcast", Headers=headers)
    raw = sandbox.api("GET", f"/messages/outbound/{message_id}/dump").json()["Body"]
    assert "List-Unsubscribe: <https://example.com/u/1>" in raw
    assert "pm_unsubscribe" not in raw
    assert sandbox.url not in raw
