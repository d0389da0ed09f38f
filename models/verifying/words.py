"""Names that decide something about an address: providers, slips, offices, and domains for throwing away."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from disposable_email_domains import blocklist

_WORDS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
_PROVIDERS: Mapping[str, list[str]] = _WORDS["providers"]
_KNOWN = {f"{name}.{ending}" for name, endings in _PROVIDERS.items() for ending in endings}
_KNOWN |= set(_WORDS["others"]["names"])
_ENDINGS: Mapping[str, str] = _WORDS["endings"]
_ROLES = frozenset(_WORDS["roles"]["names"])
SHORTEST = 5  # letters of a provider's name: nearly "aol" are too many other names


def is_disposable(domain: str) -> bool:
    """Whether whoever likes gets a mailbox there for minutes: the domain, or one that it belongs to, is listed."""
    parts = domain.split(".")
    return any(".".join(parts[place:]) in blocklist for place in range(len(parts) - 1))


def is_role(local: str) -> bool:
    """Whether a local part names an office and not a person; what follows a plus does not count."""
    return local.partition("+")[0] in _ROLES


@lru_cache(maxsize=4096)
def typo(domain: str) -> str:
    """The domain that was probably meant, as in `gmial.com`; nothing where there is no reason to think so."""
    name, _, ending = domain.partition(".")
    if domain in _KNOWN or not ending:
        return ""
    first, _, last = domain.rpartition(".")
    if last in _ENDINGS:
        mended = f"{first}.{_ENDINGS[last]}"
        return typo(mended) or mended
    return next((meant for known in _PROVIDERS if (meant := _meant(known, name, ending))), "")


def _meant(known: str, name: str, ending: str) -> str:
    """The provider's domain, when one slip in its name, or one in its ending, makes it this."""
    endings = _PROVIDERS[known]
    if name == known:
        return next((f"{known}.{each}" for each in endings if len(each) > 2 and _is_near(each, ending)), "")
    return f"{known}.{ending}" if len(known) >= SHORTEST and ending in endings and _is_near(known, name) else ""


def _is_near(one: str, other: str) -> bool:
    """Whether a letter more, less or other, or two that changed places, is all that makes them differ."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return one != other
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
