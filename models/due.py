"""What comes next by itself, in the whole installation."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session


class Due(NamedTuple):
    ticked_at: datetime | None  # the minute of the last tick that came to be worked on
    reminder_at: datetime | None
    digest_at: datetime | None
    edition_at: datetime | None
    accepted_at: datetime | None  # when the provider took a mail last, about

    @classmethod
    def of(cls, tx: Session) -> "Due":
        return cls(*tx.execute(_DUE).one())


# Of the latest deliveries, or by the minute in which more had been sent than before: no index is kept for this.
ACCEPTED = """
    select greatest(
        (select max(sent_at) from (select sent_at from deliveries order by id desc limit 1000) latest),
        (select max(at) from (select at, value > lag(value) over (order by at) as grew
                              from samples where name = 'sent') minutes where grew))
"""
_DUE = text(f"""
    select (select max(at) from samples),
           (select min(next_reminder_at) from team_members where next_reminder_at is not null),
           (select min(next_digest_at) from team_members where next_digest_at is not null),
           (select min(due_at) from editions where state = 'scheduled'),
           ({ACCEPTED})
""")  # noqa: S608  (both are ours)
