"""Where a link leads: somebody else's address, fetched with care.

Whoever writes a link may mean us harm, and so may whoever answers. At every hop the name is looked up once, every
address of it must be public, and the connection goes to the one that was looked at, so an answer that changes in
between helps nobody. Time, hops and bytes are bounded; no body is read.
"""

import http.client
import socket
import ssl
import time
from contextlib import closing, suppress
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from config import settings
from emails import resolver
from models.finding import Found, Severity

HOPS = 8
PATIENCE = 10.0  # seconds for one question, whatever the other side does
LONGEST = 45.0  # seconds after which no more hops are made
AGENT = "Postroom (checks links of a newsletter before it is sent)"
# What a server says that does not like HEAD, or programs.
_ASK_AGAIN = frozenset((400, 403, 404, 405, 406, 429, 500, 501, 502, 503))
_MOVED = frozenset((301, 302, 303, 307, 308))
_GONE = frozenset((404, 410))
_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that has been given out (RFC 4291, 2.4, and IANA's registry)


class Unreachable(Exception):
    """A link that leads nowhere; says why in a sentence, and whether that is certain."""

    def __init__(self, words: str, severity: Severity = Severity.SERIOUS):
        super().__init__(words)
        self.severity = severity


class Hop(NamedTuple):
    status: int
    location: str = ""


def visit(url: str) -> Found:
    """What became of following a link, redirects and all. Never raises; takes a minute and a half at most."""
    try:
        return _told(url, _followed(url))
    except ValueError:  # a redirect to what is no address
        return Found("link", Severity.LOOK, url, "It redirects to what is no address of the Web.")
    except Unreachable as problem:
        return Found("link", problem.severity, url, str(problem))


def is_public(address: str) -> bool:
    """Whether it is on the Internet: neither private nor of this machine, nor one of these written as another."""
    ip = ip_address(address)
    inner = _inner(ip)
    if inner:
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and (ip.version == 4 or ip in _UNICAST)


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to."""
    if isinstance(ip, IPv4Address):
        return None
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _told(url: str, status: int) -> Found:
    if status in _GONE:
        return Found("link", Severity.SERIOUS, url, f"There is nothing there: it answers {status}.")
    if status >= 400:
        return Found(
            "link", Severity.LOOK, url, f"It answers {status}. That may be for programs alone: open it yourself."
        )
    return Found("link", Severity.FINE, url)


def _followed(url: str) -> int:
    """The status at the end of all redirects."""
    late = time.monotonic() + LONGEST
    for _ in range(HOPS):
        if time.monotonic() > late:
            raise Unreachable("It takes very long.", Severity.LOOK)
        hop = _asked("HEAD", url)
        if hop.status in _ASK_AGAIN:
            hop = _asked("GET", url)
        if hop.status not in _MOVED or not hop.location:
            return hop.status
        url = urljoin(url, hop.location)
    raise Unreachable(f"It redirects more than {HOPS} times.", Severity.LOOK)


def _asked(method: str, url: str) -> Hop:
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError):
        raise Unreachable("It is no address of the Web.") from None
    address = _address(host)
    try:
        return _exchanged(method, parts, host, port, address)
    except ssl.SSLCertVerificationError as problem:
        raise Unreachable(f"Its certificate does not hold: {problem.verify_message}.") from None
    except TimeoutError:
        raise Unreachable(f"Nobody answers within {PATIENCE:.0f} s.", Severity.LOOK) from None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(f"Nobody answers: {problem or type(problem).__name__}.", Severity.LOOK) from None


def _host(parts: SplitResult) -> str:
    """As ASCII. Raises `ValueError` for none, and for what is not of the Web."""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()


def _address(host: str) -> str:
    """The one to connect to. Raises `Unreachable` unless all that the name has may be visited."""
    found = [host] if _is_ip(host) else _looked_up(host)
    if not all(is_public(each) or (settings.local_links and ip_address(each).is_loopback) for each in found):
        raise Unreachable("It leads into a private network: readers cannot go there.")
    return found[0]


def _looked_up(host: str) -> list[str]:
    try:
        found = resolver.addresses(host)
    except resolver.Silent as problem:
        raise Unreachable(f"Name servers do not say where {host} is: {problem}.", Severity.LOOK) from None
    if not found:
        raise Unreachable(f"There is no {host}.")
    return found


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _exchanged(method: str, parts: SplitResult, host: str, port: int, address: str) -> Hop:
    """One request, over a connection that is cut when its time is over: then what came is no answer."""
    with closing(socket.create_connection((address, port), timeout=PATIENCE / 2)) as plain:
        end = time.monotonic() + PATIENCE / 2
        cut = Timer(PATIENCE / 2, _shut, [plain])
        cut.start()
        try:
            tied = _tls().wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
            hop = _answer(method, parts, host, port, tied)
        finally:
            cut.cancel()
    if time.monotonic() >= end:
        raise TimeoutError
    return hop


def _answer(method: str, parts: SplitResult, host: str, port: int, tied: socket.socket) -> Hop:
    connection = http.client.HTTPConnection(host, port)
    connection.sock = tied
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
    connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*", "Host": _named(parts, host)})
    with closing(connection.getresponse()) as answer:
        return Hop(answer.status, answer.getheader("Location") or "")


_SAFE = "/%:@!$&'()*+,;=~-._?[]"


def _named(parts: SplitResult, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"{name}:{parts.port}" if parts.port else name


def _shut(plain: socket.socket) -> None:
    with suppress(OSError):
        plain.shutdown(socket.SHUT_RDWR)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
