"""Our server at Postmark as its API tells of it, and its webhooks: looked at, registered, put right.

postmarkapp.com/developer/api/server-api, …/message-streams-api and …/webhooks-api; all with the server's token. Whose
senders are confirmed only an account's token may ask. Every call raises `Barred` when the token is refused and
`Refusal` when Postmark does not answer, or not with what was asked for.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import orjson

from config import settings
from emails.answers import Unavailable
from emails.postmark import call

USER = "postmark"  # as which webhooks sign in with us
EVENTS, INBOUND = "/webhooks/postmark/events", "/webhooks/postmark/inbound"
TRIGGERS: dict[str, dict[str, bool]] = {
    "Delivery": {"Enabled": True},
    "Bounce": {"Enabled": True, "IncludeContent": False},
    "SpamComplaint": {"Enabled": True, "IncludeContent": False},
    "SubscriptionChange": {"Enabled": True},
    "Open": {"Enabled": True, "PostFirstOpenOnly": False},  # comes only of letters that are tracked
    "Click": {"Enabled": True},
}


class Server(NamedTuple):
    name: str
    delivery_type: str  # Live, or Sandbox, which delivers nothing
    inbound_address: str
    inbound_domain: str
    inbound_hook: str


class MessageStream(NamedTuple):
    kind: str  # Transactional, Broadcasts or Inbound
    unsubscribes: str  # Postmark, Custom or None: who adds a way out to its letters


class Webhook(NamedTuple):
    id: int
    url: str
    user: str
    password: str
    triggers: frozenset[str]  # that are on

    @property
    def address(self) -> str:
        return bare(self.url)

    @property
    def signs_in(self) -> bool:
        return may_enter(self.user, self.password)

    @property
    def lacks(self) -> list[str]:
        return [trigger for trigger in TRIGGERS if trigger not in self.triggers]


def server() -> Server:
    told = call("GET", "/server")
    fields = ("Name", "DeliveryType", "InboundAddress", "InboundDomain", "InboundHookUrl")
    return Server(*(str(told.get(name) or "") for name in fields))


def streams() -> dict[str, MessageStream]:
    """By their ids, without those that are archived."""
    return {each["ID"]: _stream(each) for each in call("GET", "/message-streams")["MessageStreams"]}


def webhooks(stream: str) -> list[Webhook]:
    return [_webhook(each) for each in call("GET", "/webhooks", MessageStream=stream)["Webhooks"]]


def register(stream: str, base: str) -> None:
    """Has every event of the stream sent to us: by the webhook that leads here already, or by another.

    Postmark tries each event at once, and refuses an address that does not answer 200.
    """
    ours = next((each for each in webhooks(stream) if each.address == base + EVENTS), None)
    if ours and ours.signs_in and not ours.lacks:
        return
    password = settings.webhook_secrets[0]
    told = {"Url": base + EVENTS, "HttpAuth": {"Username": USER, "Password": password}, "Triggers": TRIGGERS}
    if ours:
        call("PUT", f"/webhooks/{ours.id}", data=orjson.dumps(told))
    else:
        call("POST", "/webhooks", data=orjson.dumps({**told, "MessageStream": stream}))


def receive(base: str) -> None:
    """Has the mail that comes in sent to us."""
    call("PUT", "/server", data=orjson.dumps({"InboundHookUrl": with_password(base + INBOUND)}))


def with_password(url: str) -> str:
    """Postmark has no field for the password of the inbound webhook but its address."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{USER}:{quote(settings.webhook_secrets[0], safe='')}@{parts.netloc}"))


def bare(url: str) -> str:
    """Without a name and a password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def is_let_in(url: str) -> bool:
    """Whether we would take what comes from an address with this name and password in it."""
    parts = urlsplit(url)
    return may_enter(unquote(parts.username or ""), unquote(parts.password or ""))


def may_enter(user: str, password: str) -> bool:
    return user == USER and password in settings.webhook_secrets


def _stream(told: Mapping[str, Any]) -> MessageStream:
    handling = told.get("SubscriptionManagementConfiguration") or {}
    return MessageStream(told["MessageStreamType"], str(handling.get("UnsubscribeHandlingType") or "None"))


def _webhook(told: Mapping[str, Any]) -> Webhook:
    try:
        parts, auth = urlsplit(told["Url"]), told.get("HttpAuth") or {}
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        on = frozenset(name for name, about in (told.get("Triggers") or {}).items() if about.get("Enabled"))
        return Webhook(told["ID"], told["Url"], auth.get("Username") or user, auth.get("Password") or password, on)
    except (KeyError, ValueError) as problem:
        raise Unavailable(f"a webhook that cannot be read: {problem}") from problem
