"""An address judged: what each check finds, and what all of them come to. Asks nobody."""

from collections.abc import Iterator

from models.user import InvalidAddress, normal
from models.verifying import words
from models.verifying.mail_domain import Answer, Mail
from models.verifying.verdict import Evidence, Finding, Verdict

WRITTEN = Evidence("syntax", Verdict.DELIVERABLE, "it is written as addresses are")
_DOMAIN = {
    Mail.ABSENT: Evidence("domain", Verdict.UNDELIVERABLE, "there is no domain {domain}"),
    Mail.UNKNOWN: Evidence("domain", Verdict.UNKNOWN, "nobody could be asked about {domain}: {detail}"),
}
_MX = {
    Mail.EXCHANGED: Evidence("mx", Verdict.DELIVERABLE, "its mail goes to {detail}"),
    Mail.IMPLICIT: Evidence("mx", Verdict.RISKY, "{domain} names no mail server; its own address is {detail}"),
    Mail.REFUSED: Evidence("mx", Verdict.UNDELIVERABLE, "{domain} says that it takes no mail"),
    Mail.NOWHERE: Evidence("mx", Verdict.UNDELIVERABLE, "{domain} has neither a mail server nor an address"),
}


def read(text: str) -> tuple[str, Finding]:
    """`(the address in its one form, what its syntax alone comes to)`; the address is blank when it is none."""
    try:
        return normal(text), Finding([WRITTEN])
    except InvalidAddress as problem:
        return "", Finding([Evidence("syntax", Verdict.UNDELIVERABLE, str(problem))])


def judge(email: str, answer: Answer | None = None, past: Evidence | None = None) -> Finding:
    """What is held of an address in its one form.

    answer: what was heard of its domain; None when nobody was asked, and nothing is said of it. past: what is known
    of it here.
    """
    local, domain = email.rpartition("@")[0], domain_of(email)
    evidence = [WRITTEN, *_heard(answer), *([past] if past else []), *_named(local, domain)]
    meant = words.typo(domain)
    return Finding(evidence, f"{local}@{meant}" if meant else "")


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]


def _heard(answer: Answer | None) -> Iterator[Evidence]:
    if answer is None:
        return
    if answer.mail not in _DOMAIN:
        yield Evidence("domain", Verdict.DELIVERABLE, "its domain is there")
    found = _DOMAIN.get(answer.mail) or _MX[answer.mail]
    yield found._replace(detail=found.detail.format(domain=answer.domain, detail=answer.detail))


def _named(local: str, domain: str) -> Iterator[Evidence]:
    if words.is_disposable(domain):
        yield Evidence("disposable", Verdict.RISKY, f"{domain} lends mailboxes to be thrown away")
    if words.is_role(local):
        yield Evidence("role", Verdict.RISKY, f"{local}@ is an office and not a person")
    if meant := words.typo(domain):
        yield Evidence("typo", Verdict.RISKY, f"did you mean {meant}?")
