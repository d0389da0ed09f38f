"""Which function answers which path."""

import re
from collections.abc import Awaitable, Callable

from sandbox.api import bounces, email, inbound, messages, streams, suppressions, webhooks
from sandbox.api import server as server_api
from sandbox.control import actions, faults, mail, record, settings
from sandbox.exchange import Answer
from sandbox.pages import hooks as hook_pages
from sandbox.pages import inbox, letter

View = Callable[..., Answer | Awaitable[Answer]]

# Postmark's own; these want its token and its headers.
API: list[tuple[str, str, View]] = [
    ("POST", "/email", email.send),
    ("POST", "/email/batch", email.send_batch),
    ("POST", "/email/withTemplate", email.send_with_template),
    ("POST", "/email/batchWithTemplates", email.send_batch_with_templates),
    ("GET", "/messages/outbound", messages.outbound),
    ("GET", "/messages/outbound/<id>/details", messages.details),
    ("GET", "/messages/outbound/<id>/dump", messages.dump),
    ("GET", "/messages/inbound", inbound.inbound),
    ("GET", "/messages/inbound/<id>/details", inbound.details),
    ("PUT", "/messages/inbound/<id>/retry", inbound.retry),
    ("PUT", "/messages/inbound/<id>/bypass", inbound.bypass),
    ("GET", "/deliverystats", bounces.delivery_stats),
    ("GET", "/bounces", bounces.bounces),
    ("GET", "/bounces/<id>", bounces.bounce),
    ("GET", "/bounces/<id>/dump", bounces.dump),
    ("PUT", "/bounces/<id>/activate", bounces.activate),
    ("GET", "/message-streams", streams.streams),
    ("POST", "/message-streams", streams.create),
    ("GET", "/message-streams/<id>", streams.stream),
    ("PATCH", "/message-streams/<id>", streams.edit),
    ("POST", "/message-streams/<id>/archive", streams.archive),
    ("POST", "/message-streams/<id>/unarchive", streams.unarchive),
    ("GET", "/message-streams/<id>/suppressions/dump", suppressions.dump),
    ("POST", "/message-streams/<id>/suppressions", suppressions.create),
    ("POST", "/message-streams/<id>/suppressions/delete", suppressions.delete),
    ("GET", "/server", server_api.show),
    ("PUT", "/server", server_api.edit),
    ("GET", "/webhooks", webhooks.webhooks),
    ("POST", "/webhooks", webhooks.create),
    ("GET", "/webhooks/<id>", webhooks.webhook),
    ("PUT", "/webhooks/<id>", webhooks.edit),
    ("DELETE", "/webhooks/<id>", webhooks.delete),
    ("POST", "/webhooks/<id>/verify", webhooks.verify),
    ("GET", "/webhooks/<id>/statistics", webhooks.statistics),
]

# The sandbox's own; open to whoever reaches it.
OWN: list[tuple[str, str, View]] = [
    ("GET", "/sandbox/faults", faults.show),
    ("PUT", "/sandbox/faults", faults.replace),
    ("PATCH", "/sandbox/faults", faults.change),
    ("DELETE", "/sandbox/faults", faults.clear),
    ("GET", "/sandbox/settings", settings.show),
    ("PATCH", "/sandbox/settings", settings.change),
    ("DELETE", "/sandbox", settings.clear),
    ("GET", "/sandbox/record", record.show),
    ("GET", "/sandbox/record/summary", record.summary),
    ("DELETE", "/sandbox/record", record.forget),
    ("GET", "/sandbox/messages", mail.messages),
    ("GET", "/sandbox/messages/<id>", mail.message),
    ("POST", "/sandbox/messages/<id>/reply", actions.reply),
    ("POST", "/sandbox/messages/<id>/bounce", actions.bounce),
    ("POST", "/sandbox/messages/<id>/complain", actions.complain),
    ("POST", "/sandbox/messages/<id>/open", actions.open_),
    ("POST", "/sandbox/messages/<id>/click", actions.click),
    ("POST", "/sandbox/messages/<id>/unsubscribe", actions.unsubscribe),
    ("POST", "/sandbox/messages/<id>/deliver", actions.deliver),
    ("POST", "/sandbox/inbound", mail.receive),
    ("GET", "/sandbox/inbound", mail.inbound),
    ("GET", "/sandbox/webhooks", mail.attempts),
    ("GET", "/", inbox.sent),
    ("GET", "/style.css", inbox.style),
    ("GET", "/mail/<id>", letter.show),
    ("GET", "/mail/<id>/html", letter.html),
    ("GET", "/mail/<id>/raw", letter.raw),
    ("GET", "/mail/<id>/files/<n>", letter.attachment),
    ("GET", "/unsubscribe/<id>", letter.confirm_unsubscribe),
    ("POST", "/unsubscribe/<id>", letter.unsubscribe),
    ("GET", "/inbound", hook_pages.inbound),
    ("GET", "/inbound/<id>", hook_pages.inbound_mail),
    ("GET", "/attempts", hook_pages.attempts),
]


def view_of(method: str, path: str) -> tuple[View, tuple[str, ...]] | None:
    path = path.rstrip("/") or "/"  # some clients end their paths with a slash
    if found := _FIXED.get((method, path)):
        return found, ()
    for verb, pattern, view in _PATTERNS:
        if verb == method and (match := pattern.fullmatch(path)):
            return view, match.groups()
    return None


def is_api(path: str) -> bool:
    return path.partition("/")[2].partition("/")[0] in _API_ROOTS


_ALL = API + OWN
_API_ROOTS = {path.split("/")[1] for _, path, _ in API}
_FIXED = {(method, path): view for method, path, view in _ALL if "<" not in path}
_PATTERNS = [
    (method, re.compile(re.sub(r"<\w+>", "([^/]+)", path)), view) for method, path, view in _ALL if "<" in path
]
