"""Whether those whom a newsletter reaches want it: the rates of bounces and complaints of its latest editions.

Postmark's own guidance (the postmark-skills of its maker, ActiveCampaign) takes more than 2 % bounces or 0.04 %
complaints for a warning, 4 % and 0.08 % for critical. We stop a little beyond, and not before the
numbers mean anything.
"""

from datetime import timedelta

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models import clock
from models.pause import Pause

BOUNCES = 0.05  # of what is settled …
OF_SETTLED = 100  # … of at least so many
COMPLAINTS = 0.001
OF_MANY = 1_000
AT_LEAST = 2  # complaints: one person's finger may slip
LATEST = 3  # editions of a publication that count
WITHIN = timedelta(days=7)  # of those: later than this, hardly anybody complains


def judge(tx: Session) -> list[Pause]:
    """Pauses every publication whose rates are too high; the pauses that this caller made.

    Counted is what was sent after its last resumption, so that a person who has put the list right gets a fresh start.
    """
    values = {"now": clock.now(), "since": clock.now() - WITHIN, "latest": LATEST}
    limits = {"bounces": BOUNCES, "settled": OF_SETTLED, "complaints": COMPLAINTS, "many": OF_MANY, "few": AT_LEAST}
    bad = tx.execute(_BAD, values | limits).all()
    return [pause for row in bad if (pause := Pause.begin(tx, row.publication_id, _words(row)))]


def _words(row: Row) -> str:
    if row.bounced > BOUNCES * row.settled:
        return _sentence(row.bounced, row.settled, "bounced", BOUNCES)
    return _sentence(row.complained, row.settled, "were complained of as spam", COMPLAINTS)


def _sentence(count: int, settled: int, what: str, limit: float) -> str:
    return f"{count} of the latest {settled} mails {what}: {count / settled:.2%}, and more than {limit:.1%} is too much"


_BAD = text("""
    with latest as (
        select e.id, e.publication_id, p.watched_since,
               row_number() over (partition by e.publication_id order by e.published_at desc) as place
        from editions e join publications p on p.id = e.publication_id
        where p.paused_at is null and e.published_at > :since and e.state in ('sending', 'paused', 'sent', 'canceled')
    ), counted as (
        select l.publication_id, count(*) as settled,
               count(*) filter (where d.state = 'bounced') as bounced,
               count(*) filter (where d.state = 'complained') as complained
        from latest l join deliveries d on d.kind = 'edition' and d.source_id = l.id
        where l.place <= :latest and d.state in ('delivered', 'bounced', 'complained')
          and d.sent_at > coalesce(l.watched_since, '-infinity')
        group by l.publication_id
    )
    select * from counted
    where settled >= :settled and bounced > :bounces * settled
       or settled >= :many and complained >= :few and complained > :complaints * settled
    order by publication_id
""")
