"""Whether a mail is from whom it says, as far as somebody found out whom we believe: by place and by name.

Whoever takes a mail over writes above all that it came with, and says from whom in a `Received: from …`. So what stands
above the first of these is Postmark's (the tests of SpamAssassin; today no Authentication-Results), and all below may
be forged. Results that stand there count only from the server that an operator names in `RESULTS_FROM`, and only when
that server's domain handed the mail over: it has taken away what others wrote under its name (RFC 8601, 5).
"""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

Lines = Sequence[tuple[str, str]]  # (name in lower case, value), from the top down
Trusted = tuple[str, str]  # a server by its authserv-id, and the domain of the hosts that hand over what it judged
PROVIDERS = (".postmarkapp.com", ".mtasv.net")
_FAILED = {"DMARC_REJECT", "DMARC_QUAR", "DMARC_NONE"}  # the plugin's tests, each named for the policy that was missed
_PASSED = {"DMARC_PASS", "DKIM_VALID_AU"}
_HANDED_OVER = re.compile(r"\s*from \S{1,255} \((\S{1,255}) \[", re.IGNORECASE)


def fails_dmarc(lines: Lines, trusted: Trusted | None = None) -> bool:
    """Whether the domain's own policy says that the mail is not from there."""
    return _verdict(lines, trusted) == "fail"


def is_authenticated(lines: Lines, trusted: Trusted | None = None) -> bool:
    """Whether the From address's domain stands behind it: by DMARC, or by its signature as SpamAssassin saw it."""
    return _verdict(lines, trusted) == "pass"


def _verdict(lines: Lines, trusted: Trusted | None) -> str | None:
    """The operator's server saw the mail first, so it knows better than Postmark, to whom it was forwarded."""
    above = list(takewhile(lambda line: not _takes_over(line), lines))
    return _of_forwarder(lines[len(above) :], trusted) or _of_provider(above)


def _takes_over(line: tuple[str, str]) -> bool:
    return line[0] == "received" and line[1].lstrip()[:5].lower() == "from "


def _of_forwarder(below: Lines, trusted: Trusted | None) -> str | None:
    if not (trusted and below and _handed_over_by(trusted[1], below[0][1])):
        return None
    return _dmarc(below, lambda server: server == trusted[0])


def _of_provider(above: Lines) -> str | None:
    said = _dmarc(above, lambda server: server.endswith(PROVIDERS))
    found = next((value for name, value in above if name == "x-spam-tests"), "")
    tests = {each.strip() for each in found.split(",")}
    return said or ("fail" if tests & _FAILED else "pass" if tests & _PASSED else None)


def _handed_over_by(domain: str, received: str) -> bool:
    """By the name that was looked up for the address it came from, in brackets; the other is what it calls itself."""
    found = _HANDED_OVER.match(received)
    return found is not None and f".{found[1].rstrip('.').lower()}".endswith(f".{domain}")


def _dmarc(lines: Lines, is_trusted: Callable[[str], bool]) -> str | None:
    """What the topmost results of a trusted server say."""
    for name, value in lines:
        server, *methods = value.lower()[:4_000].split(";")
        if name == "authentication-results" and server.split() and is_trusted(server.split()[0]):
            return next(filter(None, map(_verdict_of_dmarc, methods)), None)
    return None


def _verdict_of_dmarc(method: str) -> str | None:
    name, _, verdict = method.strip().partition("=")
    return verdict.split()[0] if name.strip() == "dmarc" and verdict.split() else None
