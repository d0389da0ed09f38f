"""Addresses that answers come back to."""

from email.utils import formataddr, parseaddr
from functools import cache, lru_cache

from config import settings


def reply_address(token: str) -> str:
    """The inbound address with a token behind its `+`, which Postmark hands back as `MailboxHash`."""
    local, _, domain = settings.inbound_address.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_in(address: str) -> str | None:
    """What stands behind the `+` of our inbound address, in lower case; None for any other address."""
    local, _, domain = address.strip().lower().rpartition("@")
    name, plus, token = local.partition("+")
    ours = settings.inbound_address.lower().rpartition("@")
    return token if plus and (name, domain) == (ours[0], ours[2]) else None


def is_our_own(address: str) -> bool:
    """Whether mail from there is mail that we sent, coming back."""
    sender = parseaddr(settings.mail_from)[1].lower()
    return address.lower() in (sender, settings.inbound_address.lower()) or token_in(address) is not None


@lru_cache(maxsize=1024)
def sender_named(name: str) -> str:
    """Our sending address under another name: `Product at Postroom <…>`."""
    return formataddr((" ".join(name.split()), parseaddr(settings.mail_from)[1]))


@cache
def domain() -> str:
    """Where our mail comes from."""
    return parseaddr(settings.mail_from)[1].rpartition("@")[2].lower()
