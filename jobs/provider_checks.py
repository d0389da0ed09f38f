"""What only Postmark can say about this installation, check by check. Asks it a few questions; changes nothing."""

from collections.abc import Callable
from email.utils import parseaddr
from functools import wraps

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import settings
from emails import postmark_server
from emails.answers import Barred, Refusal
from emails.postmark_server import EVENTS, INBOUND, Server, bare, is_let_in
from models.check import Check, State
from models.db import transaction
from models.due import ACCEPTED
from models.following import is_managed
from models.stream import Stream
from models.workspace import Workspace

KINDS = {"Transactional": "transactional_stream", "Broadcasts": "broadcast_stream"}
REMEDY = "webhooks"
LATER = "Ask again later."
# By whether we believe that Postmark manages them, and whether it says so.
_WAYS_OUT: dict[tuple[bool, bool], tuple[State, str, str]] = {
    (True, True): (State.FINE, "Postmark adds its link, and our letters leave it to that.", ""),
    (False, False): (State.FINE, "Our letters have their own links, and Postmark adds none.", ""),
    (True, False): (
        State.BAD,
        "Postmark adds no link, and our letters leave that to Postmark: they have no way to unsubscribe.",
        "Choose Postroom as who manages unsubscribes, on the stream's page under Queues.",
    ),
    (False, True): (
        State.LOOK,
        "Postmark adds its own link beside ours, which leaves every newsletter at once.",
        "Choose Postmark on the stream's page under Queues, or have Postmark's support make its handling Custom.",
    ),
}


def asks(name: str) -> Callable[[Callable[..., Check]], Callable[..., Check]]:
    """For a check that asks Postmark: without an answer nobody knows. What it is about stands in its `name`."""

    def asking(check: Callable[..., Check]) -> Callable[..., Check]:
        @wraps(check)
        def answered(*about: str) -> Check:
            try:
                return check(*about)
            except Refusal as refusal:
                return Check(name.format(*about), State.UNKNOWN, f"Postmark does not say: {refusal}", LATER)

        return answered

    return asking


def all_checks() -> list[Check]:
    """In the order in which they are to be mended. What cannot be asked is unknown, and nothing raises."""
    try:
        server = postmark_server.server()
    except Refusal as refusal:
        return [_token_refused(refusal), sender()]
    known = [token(server), sender(), inbound_address(server), inbound_webhook(server, base())]
    known += [streams(), unsubscribes(settings.broadcast_stream)]
    return known + [webhook(stream, base()) for stream in streams_of_ours()]


def token(server: Server) -> Check:
    if server.delivery_type == "Sandbox":
        fix = "Make a server of the type Live at Postmark, and give us its token."
        return Check("Postmark token", State.LOOK, f"“{server.name}” is a sandbox: it delivers nothing.", fix)
    return Check("Postmark token", State.FINE, f"It opens the server “{server.name}”.")


def sender() -> Check:
    """A server's token may not ask whose senders are confirmed, so it is by what became of mail."""
    name, address = "Sender", parseaddr(settings.mail_from)[1]
    with transaction() as tx:
        reasons = [stream.paused_because for stream in Stream.all(tx)]
        refused = next((because for because in reasons if "Sender Signature" in because), "")
        accepted = tx.scalar(text(ACCEPTED))
    fix = f"At Postmark, under Sender Signatures, confirm {address} or its domain."
    if refused:
        return Check(name, State.BAD, f"Postmark refuses it: {refused}", fix)
    if accepted:
        return Check(name, State.FINE, f"Postmark accepted mail from us on {accepted:%-d %b %Y, %H:%M} UTC.")
    found = f"Whether {address} is confirmed, Postmark does not tell a server: no mail has been accepted yet."
    return Check(name, State.UNKNOWN, found, f"{fix} Then send yourself something.")


def inbound_address(server: Server) -> Check:
    name, ours = "Inbound address", settings.inbound_address.lower()
    theirs, domain = server.inbound_address.lower(), server.inbound_domain.lower()
    if ours == theirs or (domain and ours.endswith(f"@{domain}")):
        return Check(name, State.FINE, f"Replies go to {ours}, which is this server's.")
    found = f"INBOUND_ADDRESS is {ours}; Postmark takes in mail for {theirs}."
    return Check(name, State.LOOK, found, "Set INBOUND_ADDRESS to Postmark's, unless yours is forwarded there.")


def inbound_webhook(server: Server, base: str) -> Check:
    name, fix = "Inbound webhook", "Register it with the button, or write it into the inbound stream's settings."
    if not server.inbound_hook:
        return Check(name, State.BAD, "Postmark does not know where mail that comes in should go.", fix, REMEDY)
    if bare(server.inbound_hook) != base + INBOUND:
        return Check(name, State.BAD, f"Mail that comes in goes to {bare(server.inbound_hook)}.", fix, REMEDY)
    if not is_let_in(server.inbound_hook):
        return Check(name, State.BAD, "It leads here, with a password that is none of WEBHOOK_SECRETS.", fix, REMEDY)
    return Check(name, State.FINE, f"Mail that comes in goes to {base + INBOUND}.")


@asks("Message streams")
def streams() -> Check:
    known = postmark_server.streams()
    kinds = {name: stream.kind for name, stream in known.items()}
    wrong = [f"{wanted} ({kind})" for kind, wanted in _wanted().items() if kinds.get(wanted) != kind]
    if wrong:
        fix = "Make them at Postmark, or name others in TRANSACTIONAL_STREAM and BROADCAST_STREAM."
        return Check("Message streams", State.BAD, f"The server has no {' and no '.join(wrong)}.", fix)
    return Check("Message streams", State.FINE, f"The server has {' and '.join(_wanted().values())}.")


@asks("Unsubscribes of {}")
def unsubscribes(stream: str) -> Check:
    """Whether letters are written for the way out that Postmark does, or does not, add to them."""
    known = postmark_server.streams().get(stream)
    with transaction() as tx:
        believed = is_managed(tx, stream)
    if known is None:
        return Check(f"Unsubscribes of {stream}", State.UNKNOWN, "The server has no such stream.", "Make it first.")
    told = known.unsubscribes == "Postmark"
    return Check(f"Unsubscribes of {stream}", *_WAYS_OUT[believed, told])


@asks("Webhook of {}")
def webhook(stream: str, base: str) -> Check:
    name, fix = f"Webhook of {stream}", "Register it with the button, or add it in the stream's settings at Postmark."
    ours = next((each for each in postmark_server.webhooks(stream) if each.address == base + EVENTS), None)
    if ours is None:
        return Check(name, State.BAD, f"Nothing of it is told to {base + EVENTS}: states stay “sent”.", fix, REMEDY)
    if not ours.signs_in:
        return Check(name, State.BAD, "It leads here, with a password that is none of WEBHOOK_SECRETS.", fix, REMEDY)
    if ours.lacks:
        return Check(name, State.BAD, f"It does not tell {', '.join(ours.lacks)}.", fix, REMEDY)
    return Check(name, State.FINE, "It tells everything.")


def base(tx: Session | None = None) -> str:
    """Where people, and Postmark, reach this installation; blank before anybody has set it up."""
    if tx is None:
        with transaction() as fresh:
            return base(fresh)
    first = Workspace.first(tx)
    return (settings.base_url or (first.base_url if first else "")).rstrip("/")


def streams_of_ours() -> list[str]:
    return list(dict.fromkeys(_wanted().values()))


def _wanted() -> dict[str, str]:
    return {kind: getattr(settings, field) for kind, field in KINDS.items()}


def _token_refused(refusal: Refusal) -> Check:
    if isinstance(refusal, Barred):
        fix = "Set POSTMARK_SERVER_TOKEN to the server's own: Postmark, your server, API Tokens."
        return Check("Postmark token", State.BAD, f"Postmark refuses it: {refusal}", fix)
    fix = "Look at status.postmarkapp.com, and whether this machine may reach the internet."
    return Check("Postmark token", State.UNKNOWN, f"Postmark does not answer: {refusal}", fix)
