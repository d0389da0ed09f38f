"""Addresses verified: what is known, what must be asked, what all of it comes to."""

from collections.abc import Collection
from concurrent.futures import Future, wait
from functools import partial
from threading import Lock

from config import settings
from emails import resolver
from jobs.modest import modest_transaction
from jobs.turns import turn
from models.verifying.history import past
from models.verifying.judging import domain_of, judge, read
from models.verifying.mail_domain import Answer, MailDomain
from models.verifying.verdict import Finding

_lock = Lock()
_asking: dict[str, Future[Answer | None]] = {}  # the domains that this process asks about at this moment


def verify(workspace_id: int, texts: Collection[str]) -> dict[str, Finding]:
    """What is held of addresses, however they are written, in a workspace; each domain is asked about once.

    Those whose domain there was no time to ask about are missing: ask again. May take a minute where name servers are
    slow, so no transaction may be open. Raises `redis.RedisError`.
    """
    written = {text: read(text) for text in texts}
    emails = {text: email for text, (email, _) in written.items() if email}
    domains = {domain_of(email) for email in emails.values()}
    with modest_transaction() as tx:
        answers = MailDomain.known(tx, domains)
        pasts = past(tx, workspace_id, set(emails.values()))
    answers |= _ask(domains - answers.keys())
    found = {text: finding for text, (email, finding) in written.items() if not email}
    for text, email in emails.items():
        if answer := answers.get(domain_of(email)):
            found[text] = judge(email, answer, pasts.get(email))
    return found


def _ask(domains: Collection[str]) -> dict[str, Answer]:
    """Each domain once: what another thread asks just now is waited for, after our own questions."""
    with _lock:
        others = {domain: _asking[domain] for domain in domains if domain in _asking}
        ours: dict[str, Future[Answer | None]] = {domain: Future() for domain in domains if domain not in others}
        _asking.update(ours)
    answers: dict[str, Answer] = {}
    try:
        answers = _learned(ours)
    finally:
        with _lock:
            for domain, future in ours.items():
                future.set_result(answers.get(domain))
                del _asking[domain]
    wait(others.values(), timeout=resolver.PATIENCE)
    heard = {domain: future.result() for domain, future in others.items() if future.done()}
    return answers | {domain: answer for domain, answer in heard.items() if answer}


def _learned(domains: Collection[str]) -> dict[str, Answer]:
    answers = resolver.resolve(domains, partial(turn, "dns", settings.dns_per_second))
    if answers:
        with modest_transaction() as tx:
            MailDomain.learn(tx, answers.values())
    return answers
