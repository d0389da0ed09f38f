"""What Postmark says of a message, each answer carrying the decision: taken, later, never, or nobody knows.

The codes are those of postmarkapp.com/developer/api/overview.
"""

from dataclasses import dataclass

INACTIVE = 406
# Codes for accounts, servers and senders that may not send at all: the messages are fine, so they wait for a person.
NOT_ALLOWED = {10, 400, 401, 405, 412, 413, 422, 1235, 1236, 1480}


class Refusal(Exception):
    """A message that Postmark did not simply take, with its code and its words."""

    def __init__(self, words: str, code: int | None = None):
        super().__init__(f"[{code}] {words}" if code else words)


class Unavailable(Refusal):
    """Certainly not taken, and not because of the message: try again later."""


class Busy(Unavailable):
    """Not now: too many at once, closed for maintenance, or nobody there."""


class Barred(Unavailable):
    """Not from this account, server or sender, until a person has put it right."""


class Rejected(Refusal):
    """Never: the same message would be refused again."""

    retry = False


class Inactive(Rejected):
    """The address bounced, complained or unsubscribed, says Postmark."""


class Ambiguous(Refusal):
    """Perhaps taken, perhaps not."""

    retry = False


@dataclass(frozen=True)
class Taken:
    """Postmark has the message, under its own id."""

    provider_id: str


Answer = Taken | Refusal


def of_items(answers: object, count: int) -> list[Answer]:
    """The answer to each of `count` messages of a batch, in their order."""
    if not isinstance(answers, list) or len(answers) != count:
        return [Ambiguous(f"an answer that does not fit the question: {str(answers)[:200]}")] * count
    return [_of_item(answer) for answer in answers]


def _of_item(answer: dict[str, object]) -> Answer:
    """A message that is only delayed comes without an ErrorCode, which means the same as 0."""
    code, words = int(str(answer.get("ErrorCode") or 0)), str(answer.get("Message", ""))
    if code == 0:
        provider_id = answer.get("MessageID")
        return Taken(str(provider_id)) if provider_id else Ambiguous("taken, but without an id")
    return _of_code(code, words)


def _of_code(code: int, words: str) -> Refusal:
    if code == INACTIVE:
        return Inactive(words, code)
    if code == 101:
        return Ambiguous(words, code)
    if code in NOT_ALLOWED:
        return Barred(words, code)
    if code in (100, 429):
        return Busy(words, code)
    return Rejected(words, code)
