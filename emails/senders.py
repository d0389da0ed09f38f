"""Whether a mail is from whom it says: what the receiving server found out (RFC 8601), read from the top only.

Whoever receives a mail puts its headers above all others, so what a sender wrote there stands below.
"""

from collections.abc import Mapping, Sequence

Headers = Mapping[str, Sequence[str]]


def fails_dmarc(headers: Headers) -> bool:
    """Whether the domain's own policy says that the mail is not from there."""
    return _dmarc(headers) == "fail"


def is_authenticated(headers: Headers) -> bool:
    """Whether the From address's domain stands behind it: by DMARC, or by its signature as SpamAssassin saw it."""
    verdict = _dmarc(headers)
    tests = {each.strip() for each in next(iter(headers.get("x-spam-tests", ())), "").split(",")}
    return verdict == "pass" or (verdict is None and "DKIM_VALID_AU" in tests)


def _dmarc(headers: Headers) -> str | None:
    results = next(iter(headers.get("authentication-results", ())), "").lower()
    for each in results[:4_000].split(";")[1:]:
        method, _, verdict = each.strip().partition("=")
        if method.strip() == "dmarc":
            return verdict.split()[0] if verdict.split() else None
    return None
