"""GET and PUT /server."""

from typing import Any

from sandbox.api.email import body_of
from sandbox.errors import Refused
from sandbox.exchange import Answer, Request, json_answer
from sandbox.server import SERVER_ID, Server

CHANGEABLE = {"InboundHookUrl": "inbound_url", "RawEmailEnabled": "raw_email"}
# Settings that this sandbox does not have, with Postmark's defaults.
DEFAULTS = {
    "Color": "blue",
    "SmtpApiActivated": False,
    "DeliveryType": "Live",
    "BounceHookUrl": "",
    "OpenHookUrl": "",
    "DeliveryHookUrl": "",
    "ClickHookUrl": "",
    "PostFirstOpenOnly": False,
    "InboundSpamThreshold": 0,
    "TrackOpens": False,
    "TrackLinks": "None",
    "IncludeBounceContentInHook": False,
    "EnableSmtpApiErrorHooks": False,
}


def show(server: Server, request: Request) -> Answer:
    return json_answer(_as_json(server))


def edit(server: Server, request: Request) -> Answer:
    body = body_of(request)
    if not isinstance(body, dict):
        raise Refused(402, "Received invalid JSON input.")
    server.name = str(body.get("Name") or server.name)
    for key, setting in CHANGEABLE.items():
        if body.get(key) is not None:
            setattr(server.settings, setting, body[key])
    return json_answer(_as_json(server))


def _as_json(server: Server) -> dict[str, Any]:
    settings = server.settings
    local, _, domain = settings.inbound_address.partition("@")
    return {
        "ID": SERVER_ID,
        "Name": server.name,
        "ApiTokens": settings.server_tokens,
        "ServerLink": server.url,
        "RawEmailEnabled": settings.raw_email,
        "InboundAddress": settings.inbound_address,
        "InboundHookUrl": settings.inbound_url,
        "InboundDomain": domain,
        "InboundHash": local,
        **DEFAULTS,
    }
