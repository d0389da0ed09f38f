"""What came of editions, read from sums: as fast for a million copies as for ten.

People, machines and what is unsure are three figures each, never one. Who left is counted for the edition that was the
latest at that moment; whoever answered, for the edition that they answered to.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session, load_only

from models.delivery import State
from models.edition import Edition
from models.traces.judging import By
from models.traces.link import Link

HOURS = 48
PRIVATE = 5  # programs and countries of fewer people than that are not told: they could be somebody


class Who(NamedTuple):
    """How many copies, by who it was."""

    person: int = 0
    unsure: int = 0
    machine: int = 0

    @property
    def total(self) -> int:
        return sum(self)


class Results:
    """Of one edition."""

    def __init__(self, edition: Edition, rows: Sequence[Row], *, left: int, replies: int):
        self.edition, self._rows, self.left, self.replies = edition, rows, left, replies
        self._sums, self._hours = Counter[tuple[str, str, int]](), Counter[tuple[str, str, datetime | None]]()
        for row in rows:
            self._sums[row.what, row.word, row.link_id] += row.copies
            self._hours[row.what, row.word, row.hour] += row.copies

    @classmethod
    def of(cls, tx: Session, editions: Iterable[Edition]) -> list["Results"]:
        """In the order given; in three queries for all of them."""
        found = [*editions]
        ids = {"ids": [edition.id for edition in found]}
        rows = tx.execute(_SUMS, ids).all()
        left = {row.id: row.people for row in tx.execute(_LEFT, ids)}
        replies = {row.id: row.mails for row in tx.execute(_REPLIES, ids)}
        return [
            cls(each, [row for row in rows if row.edition_id == each.id],
                left=left.get(each.id, 0), replies=replies.get(each.id, 0))
            for each in found
        ]  # fmt: skip

    @classmethod
    def latest(cls, tx: Session, publication_id: int, limit: int) -> list["Results"]:
        """Of the latest published editions, oldest first."""
        columns = load_only(Edition.id, Edition.subject, Edition.published_at, Edition.tracking, Edition.audience)
        mine = select(Edition).filter_by(publication_id=publication_id).where(Edition.published_at.is_not(None))
        newest = mine.order_by(Edition.published_at.desc(), Edition.id.desc()).limit(limit).options(columns)
        return cls.of(tx, tx.scalars(newest).all()[::-1])

    @property
    def is_counted(self) -> bool:
        """Whether there are opens and clicks to show at all: elsewhere none is no answer."""
        return self.edition.tracking != ""

    def copies(self, *states: State) -> int:
        return sum(self._sum("copy", state) for state in states)

    @property
    def delivered(self) -> int:
        """Who complains has got it."""
        return self.copies(State.DELIVERED, State.COMPLAINED)

    @property
    def opens(self) -> Who:
        return self._who("open")

    @property
    def clicks(self) -> Who:
        return self._who("click")

    @property
    def canaries(self) -> int:
        """Copies of which the hidden link was followed."""
        return self._sum("canary", By.MACHINE)

    def links(self, tx: Session, most: int = 20) -> list[tuple[str, Who]]:
        """The addresses that were clicked, those that people clicked most first; blank for what was too many."""
        numbers = {row.link_id for row in self._rows if row.what == "link"}
        known = select(Link.id, Link.address).where(Link.id.in_(numbers))
        names = {row.id: row.address for row in tx.execute(known)}
        found = [(names.get(number, ""), self._who("link", number)) for number in numbers]
        return sorted(found, key=lambda link: (-link[1].person, -link[1].total, link[0]))[:most]

    def groups(self, what: str) -> list[tuple[str, int]]:
        """`client` or `country` of the people who opened it, largest first; what is small is one, blank, at the end."""
        sums = {row.word: self._sum(what, row.word) for row in self._rows if row.what == what}
        large = sorted(((word, n) for word, n in sums.items() if n >= PRIVATE), key=lambda group: (-group[1], group[0]))
        small = sum(n for n in sums.values() if n < PRIVATE)
        return [*large, *([("", small)] if small else [])]

    def by_hour(self, what: str, word: str, now: datetime) -> list[int]:
        """How many there had been when it went out, and at the end of each hour (of the clock) since, up to now."""
        begun = self.edition.published_at
        if begun is None:
            return []
        first, total, sums = begun.replace(minute=0, second=0, microsecond=0), 0, [0]
        for number in range(HOURS):
            hour = first + timedelta(hours=number)
            if hour > now:
                break
            total += self._hours[what, word, hour]
            sums.append(total)
        return sums

    def _who(self, what: str, link: int = 0) -> Who:
        return Who(*(self._sum(what, by, link) for by in By))

    def _sum(self, what: str, word: str, link: int = 0) -> int:
        return self._sums[what, word, link]


_SUMS = text("""
    select edition_id, what, word, link_id, hour, cast(sum(count) as bigint) as copies from edition_tallies
    where edition_id = any(:ids) and what <> 'sent'
    group by edition_id, what, word, link_id, hour having sum(count) <> 0
""")
_LEFT = text("""
    select e.id, count(*) as people from editions e
    left join lateral (
        select min(published_at) as at from editions
        where publication_id = e.publication_id and published_at > e.published_at
    ) following on true
    join subscription_changes c on c.publication_id = e.publication_id and c.after = 'unsubscribed'
                               and c.at >= e.published_at and c.at < coalesce(following.at, 'infinity')
    where e.id = any(:ids) group by e.id
""")
_REPLIES = text("""
    select edition_id as id, count(*) as mails from inbound_emails
    where edition_id = any(:ids) and kind = 'letter' group by edition_id
""")
