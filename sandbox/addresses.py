"""Reading address fields as Postmark reads them, with its three ways to say that one is wrong."""

import re
from email.utils import getaddresses
from functools import lru_cache
from typing import NamedTuple

from sandbox.errors import Refused

# The shape nearly every address has, so that nearly none needs the slow parser.
PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}")
DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*")
LOCAL = re.compile(r"[^\s\"(),:;<>@\[\\\]]+")


class Address(NamedTuple):
    email: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2].lower()

    def as_recipient(self) -> dict[str, str | None]:
        return {"Email": self.email, "Name": self.name or None}


def addresses(field: str, text: str | None) -> tuple[Address, ...]:
    """The addresses of a comma list. Raises Refused (300) naming the field and the first wrong one."""
    if not text:
        return ()
    if PLAIN.fullmatch(text):
        return (Address(text),)
    return tuple(_checked(field, name, email, text) for name, email in getaddresses([text]) if email or name)


@lru_cache(maxsize=4096)
def sender(text: str) -> Address:
    """The one address of a From field, remembered because it is nearly always the same. Raises Refused (300)."""
    found = addresses("From", text)
    if len(found) != 1:
        raise Refused(300, f"Invalid 'From' address: '{text}'.")
    return found[0]


def mailbox_hash(email: str) -> str:
    """What stands after the plus sign of the local part; Postmark keeps its case."""
    local, _, _ = email.rpartition("@")
    return local.partition("+")[2]


def display(address: Address) -> str:
    """`"Ada Lovelace" <ada@example.com>`, or the bare address without a name."""
    if not address.name:
        return address.email
    quoted = address.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address.email}>'


def _checked(field: str, name: str, email: str, text: str) -> Address:
    given = email or text.strip()
    if "@" not in given:
        raise Refused(300, f"Error parsing '{field}': Illegal email address '{given}'. It must contain the '@' symbol.")
    local, _, domain = given.rpartition("@")
    if not DOMAIN.fullmatch(domain):
        raise Refused(300, f"Error parsing '{field}': Illegal email domain '{domain}' in address '{given}'.")
    if "." not in domain or not _local_is_good(local):
        raise Refused(300, f"Invalid '{field}' address: '{given}'.")
    return Address(given, name)


def _local_is_good(local: str) -> bool:
    quoted = len(local) > 2 and local[0] == local[-1] == '"'
    return quoted or (LOCAL.fullmatch(local) is not None and ".." not in local)
