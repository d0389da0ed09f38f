"""What the domain name system says of domains: who takes their mail. The one place that knows dnspython.

Whoever asks holds no transaction. Domains are asked together, a bounded number at once, each within DNS_TIMEOUT; that
nobody answers is an answer, `UNKNOWN`, and never says anything against a domain.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

import dns.asyncresolver
import dns.exception
import dns.message
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver

from config import settings
from models.verifying.mail_domain import Answer, Mail

AT_ONCE = 32  # domains that one call asks about at the same time
PATIENCE = 45.0  # seconds of one call; what has not been asked then is left for another
CROWDED = 1.0  # seconds until it is worth asking for a turn again

Turn = Callable[[], float | None]  # seconds until one more question may be put; None when too many wait for theirs


def resolve(domains: Collection[str], turn: Turn = lambda: 0.0) -> dict[str, Answer]:
    """The answers by domain; those that there was no time to ask about are missing. Raises what `turn` raises."""
    return asyncio.run(_Asking(turn).all(domains))


class Silent(Exception):
    """No name server says anything; tells why."""


def addresses(host: str) -> list[str]:
    """Where a host is, IPv4 first; nothing when there is no such host. Raises `Silent`."""
    try:
        return asyncio.run(_addresses(host))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.exception.SyntaxError, dns.name.NameTooLong):
        return []
    except dns.resolver.LifetimeTimeout:
        raise Silent(f"no answer within {settings.dns_timeout} s") from None
    except (dns.exception.DNSException, OSError) as problem:
        raise Silent(str(problem)) from None


async def _addresses(host: str) -> list[str]:
    answers = await _system().resolve_name(dns.name.from_text(host), search=False)
    return sorted(answers.addresses(), key=lambda address: ":" in address)


class _Asking:
    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.room = asyncio.Semaphore(AT_ONCE)
        self.unheard = 0  # domains in a row without an answer from anybody
        self.system = _system()

    async def all(self, domains: Collection[str]) -> dict[str, Answer]:
        if not domains:
            return {}
        asked = [asyncio.create_task(self._asked(domain)) for domain in domains]
        done, late = await asyncio.wait(asked, timeout=PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return {task.result().domain: task.result() for task in done}

    async def _asked(self, domain: str) -> Answer:
        async with self.room:
            if self.unheard >= AT_ONCE:  # waiting for each of the others would help nobody
                return Answer(domain, Mail.UNKNOWN, "the name servers do not answer")
            answer = await self._answer(domain)
        self.unheard = self.unheard + 1 if answer.mail == Mail.UNKNOWN else 0
        return answer

    async def _answer(self, domain: str) -> Answer:
        try:
            name = dns.name.from_text(domain, idna_codec=dns.name.IDNA_2008_UTS_46).derelativize(dns.name.root)
            return await self._exchanged(domain, name)
        except dns.resolver.NXDOMAIN as absent:
            return Answer(domain, Mail.ABSENT, "", _holds(list(absent.responses().values())))
        except dns.resolver.LifetimeTimeout:
            return Answer(domain, Mail.UNKNOWN, f"no answer within {settings.dns_timeout} s")
        except dns.resolver.NoNameservers as problem:
            return Answer(domain, Mail.UNKNOWN, _fault(problem))
        except (dns.exception.DNSException, OSError) as problem:
            return Answer(domain, Mail.UNKNOWN, str(problem))

    async def _exchanged(self, domain: str, name: dns.name.Name) -> Answer:
        answer = await self._put(name, "MX")
        if answer.rrset is None:
            return await self._implicit(domain, name, _holds([answer.response]))
        first = min(answer.rrset, key=lambda each: each.preference)
        if first.exchange == dns.name.root:
            return Answer(domain, Mail.REFUSED, "", answer.rrset.ttl)
        return Answer(domain, Mail.EXCHANGED, first.exchange.to_text(omit_final_dot=True), answer.rrset.ttl)

    async def _implicit(self, domain: str, name: dns.name.Name, holds: int) -> Answer:
        """RFC 5321, 5.1: without any MX, mail goes to the domain's own address."""
        for kind in ("A", "AAAA"):
            answer = await self._put(name, kind)
            if answer.rrset is not None:
                return Answer(domain, Mail.IMPLICIT, answer.rrset[0].to_text(), answer.rrset.ttl)
        return Answer(domain, Mail.NOWHERE, "", holds)

    async def _put(self, name: dns.name.Name, kind: str) -> dns.resolver.Answer:
        """One question, when it is its turn; over TCP where the answer did not fit into UDP."""
        while (wait := self.turn()) is None:
            await asyncio.sleep(CROWDED)
        await asyncio.sleep(wait)
        return await self.system.resolve(name, kind, search=False, raise_on_no_answer=False)


def _system() -> dns.asyncresolver.Resolver:
    """The machine's name servers, unless DNS_SERVERS names others. One that is silent is asked again half-way."""
    system = dns.asyncresolver.Resolver(configure=False)
    if settings.dns_servers:
        system.nameservers = [dns.nameserver.Do53Nameserver(host, port) for host, port in settings.dns_servers]
    else:
        with suppress(dns.resolver.NoResolverConfiguration, OSError):
            system.read_resolv_conf("/etc/resolv.conf")
    system.lifetime, system.timeout = float(settings.dns_timeout), settings.dns_timeout / 2
    system.use_edns(0, 0, 1232)  # bytes: what passes everywhere in one piece, dnsflagday.net/2020
    return system


def _holds(responses: Sequence[dns.message.Message]) -> int:
    """Seconds for which it holds that there is nothing: RFC 2308, 5."""
    starts = [part for response in responses for part in response.authority if part.rdtype == dns.rdatatype.SOA]
    return min((min(part.ttl, part[0].minimum) for part in starts), default=0)


def _fault(problem: dns.resolver.NoNameservers) -> str:
    """What the last of the servers said."""
    errors = problem.kwargs.get("errors") or []
    return f"the name server answered {errors[-1][3]}" if errors else "there is no name server to ask"
