"""Whether a domain takes mail, as the domain name system answered, kept for as long as the answer holds.

Answers are the installation's and no workspace's: they are the same for everybody.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Index, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Moment, Words

KEPT = {  # seconds at least and at most, whatever the answer says
    "yes": (300, 86_400),
    "no": (300, 3_600),
    "unknown": (30, 30),
}
FORGOTTEN_AT_ONCE = 5_000


class Mail(StrEnum):
    """What a domain does with mail."""

    EXCHANGED = "exchanged"  # it names who takes its mail: MX
    IMPLICIT = "implicit"  # it names nobody, and has an address of its own: RFC 5321, 5.1
    REFUSED = "refused"  # it says that it takes none: RFC 7505
    NOWHERE = "nowhere"  # it names nobody, and has no address
    ABSENT = "absent"  # there is no such domain
    UNKNOWN = "unknown"  # nobody answered, or nobody could


_FATES = {Mail.EXCHANGED: "yes", Mail.IMPLICIT: "yes", Mail.UNKNOWN: "unknown"}


class Answer(NamedTuple):
    """detail: the exchanger, or what went wrong. seconds: for how long it holds, as the answer says."""

    domain: str
    mail: Mail
    detail: str
    seconds: int = 0


class MailDomain(Base):
    __tablename__ = "mail_domains"
    __table_args__ = (Index("ix_mail_domains_expires_at", "expires_at"),)

    domain: Mapped[str] = mapped_column(Text, primary_key=True)
    mail: Mapped[Words]
    detail: Mapped[Words]
    asked_at: Mapped[Moment]
    expires_at: Mapped[Moment]

    @classmethod
    def known(cls, tx: Session, domains: Collection[str]) -> dict[str, Answer]:
        """The answers that still hold, by domain."""
        found = select(cls).where(cls.domain.in_(domains), cls.expires_at > clock.now())
        return {each.domain: Answer(each.domain, Mail(each.mail), each.detail) for each in tx.scalars(found)}

    @classmethod
    def learn(cls, tx: Session, answers: Iterable[Answer]) -> None:
        """Keeps the answers, in one order, so that two who do this at once do not wait in a circle.

        That nobody answered does not replace an answer that holds.
        """
        ordered, now = sorted(answers), clock.now()
        values = {
            "domains": [each.domain for each in ordered],
            "mails": [each.mail for each in ordered],
            "details": [each.detail[:500] for each in ordered],
            "expiries": [_expiry(each, now) for each in ordered],
            "now": now,
        }
        if ordered:
            tx.execute(_LEARN, values)

    @classmethod
    def forget(cls, tx: Session) -> None:
        """Drops a page of the answers that hold no more."""
        tx.execute(_FORGET, {"now": clock.now(), "page": FORGOTTEN_AT_ONCE})


def _expiry(answer: Answer, now: datetime) -> datetime:
    least, most = KEPT[_FATES.get(answer.mail, "no")]
    return now + timedelta(seconds=min(most, max(least, answer.seconds)))


_LEARN = text("""
    insert into mail_domains as known (domain, mail, detail, asked_at, expires_at)
    select given.domain, given.mail, given.detail, :now, given.expires_at
    from unnest(cast(:domains as text[]), cast(:mails as text[]), cast(:details as text[]),
                cast(:expiries as timestamptz[]))
         with ordinality as given(domain, mail, detail, expires_at, place)
    order by given.place
    on conflict (domain) do update
    set mail = excluded.mail, detail = excluded.detail, asked_at = excluded.asked_at, expires_at = excluded.expires_at
    where excluded.mail <> 'unknown' or known.expires_at <= :now
""")

_FORGET = text("""
    delete from mail_domains where domain in (
        select domain from mail_domains where expires_at < :now order by expires_at limit :page for update skip locked
    )
""")
