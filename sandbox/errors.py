"""Postmark's error codes with their texts, and the exception that carries one out of a handler."""

from sandbox.exchange import Answer, json_answer

NO_TOKEN = (
    "No Account or Server API tokens were supplied in the HTTP headers. Please add a header for either "
    "X-Postmark-Server-Token or X-Postmark-Account-Token."
)
BAD_TOKEN = (
    "The Server Token you provided in the X-Postmark-Server-Token request header was invalid. "
    "Please verify that you are using a valid token."
)
JSON_REQUIRED = (
    "JSON required: your HTTP request does not have the Accept and Content-Type headers set to application/json."
)
INACTIVE_REASONS = (
    "Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression."
)
TOO_MANY_IN_BATCH = "You may only send up to 500 messages in a single batched request."
NO_BODY = "Provide either email TextBody or HtmlBody or both."
PENDING_APPROVAL = (
    "While your account is pending approval, all recipient addresses must share the same domain as the From address."
)


class Refused(Exception):
    """The request, or one message of a batch, is refused: an ErrorCode, its text, the HTTP status for it."""

    def __init__(self, code: int, message: str, status: int = 422):
        super().__init__(message)
        self.code, self.message, self.status = code, message, status

    def as_result(self) -> dict[str, object]:
        return {"ErrorCode": self.code, "Message": self.message}

    def as_answer(self) -> Answer:
        answer = json_answer(self.as_result(), self.status)
        answer.headers.append((b"x-pm-apierrorcode", str(self.code).encode()))
        return answer


def inactive(addresses: list[str], in_batch: bool) -> Refused:
    """406. Clients find the addresses between `Found inactive addresses: ` and `. Inactive`."""
    if in_batch:
        opening, ending = "You tried to send to a recipient that has been marked as inactive.", " "
    else:
        opening, ending = "You tried to send to recipient(s) that have been marked as inactive.", ""
    return Refused(406, f"{opening} Found inactive addresses: {', '.join(addresses)}. {INACTIVE_REASONS}{ending}")


def unknown_sender(address: str) -> Refused:
    return Refused(
        400,
        f"The 'From' address you supplied ({address}) is not a Sender Signature on your account. Please add and "
        "confirm this address in order to be able to use it in the 'From' field of your messages.",
    )


def invalid_fields(names: list[str]) -> Refused:
    return Refused(403, "Invalid request field(s): " + ", ".join(f"'{name}'" for name in names) + ".")


def unknown_stream(name: str) -> Refused:
    return Refused(1235, f"The stream provided: '{name}' does not exist on this server.")


def bad_parameter(message: str) -> Refused:
    return Refused(700, message)
