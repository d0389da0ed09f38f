"""What the sandbox was started with: command line first, then SANDBOX_… variables, then the defaults below."""

import argparse
import os
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Settings:
    host: str = "127.0.0.1"
    port: int = 8025
    events_url: str = ""
    inbound_url: str = ""
    inbound_address: str = "inbox@inbound.example"
    server_tokens: list[str] = field(default_factory=list)  # none: any token is good
    senders: list[str] = field(default_factory=list)  # addresses or domains; none: anyone may send
    pending_approval: bool = False
    deliver: bool | None = None  # None: deliver when somebody listens for events
    delivery_delay: float = 0.2  # seconds between acceptance and the Delivery event
    retry_speed: float = 1.0  # 60 turns Postmark's minutes between webhook retries into seconds
    webhook_concurrency: int = 10
    webhook_timeout: float = 30.0
    raw_email: bool = False  # include RawEmail in inbound webhooks


CHANGEABLE: dict[str, Any] = {
    "events_url": str,
    "inbound_url": str,
    "inbound_address": str,
    "server_tokens": list,
    "senders": list,
    "pending_approval": bool,
    "deliver": (bool, type(None)),
    "delivery_delay": (int, float),
    "retry_speed": (int, float),
    "webhook_timeout": (int, float),
    "raw_email": bool,
}


def from_command_line(arguments: list[str] | None = None) -> Settings:
    """Settings of this process. Exits with usage when an argument is wrong."""
    return Settings(**vars(_parser().parse_args(arguments)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Postmark.")
    parser.add_argument("--host", default=_env("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=_env("PORT", "8025"), help="0: any free port")
    parser.add_argument("--events-url", default=_env("EVENTS_URL"), help="gets every event of every stream")
    parser.add_argument("--inbound-url", default=_env("INBOUND_URL"), help="gets every inbound mail")
    parser.add_argument("--inbound-address", default=_env("INBOUND_ADDRESS", Settings.inbound_address))
    parser.add_argument("--server-token", dest="server_tokens", nargs="*", default=_env("SERVER_TOKEN").split())
    parser.add_argument("--sender", dest="senders", nargs="*", default=_env("SENDER").split())
    _add_webhook_arguments(parser)
    return parser


def _add_webhook_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deliver", action=argparse.BooleanOptionalAction, default=_flag("DELIVER"))
    parser.add_argument("--delivery-delay", type=float, default=_env("DELIVERY_DELAY", "0.2"))
    parser.add_argument("--retry-speed", type=float, default=_env("RETRY_SPEED", "1"))
    parser.add_argument("--webhook-concurrency", type=int, default=_env("WEBHOOK_CONCURRENCY", "10"))
    parser.add_argument("--webhook-timeout", type=float, default=_env("WEBHOOK_TIMEOUT", "30"))
    parser.add_argument("--raw-email", action=argparse.BooleanOptionalAction, default=bool(_flag("RAW_EMAIL")))


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"SANDBOX_{name}", default)


def _flag(name: str) -> bool | None:
    value = _env(name).lower()
    return None if not value else value in ("1", "true", "yes", "on")
