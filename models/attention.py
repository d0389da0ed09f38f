"""What waits for a person in a workspace: one statement, each part of it a few rows by an index of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST = 5  # of each kind
COUNTED = 1_000  # rows that are all the same are counted no further


class Need(NamedTuple):
    """`kind` says where it is dealt with, `number` which one it is; of `mails` and `unknown`, how many there are."""

    kind: str  # mails, unknown, stream, publication, edition, setback, import
    number: int
    title: str
    because: str
    since: datetime | None


def needs(tx: Session, workspace_id: int, *, manages: bool = True) -> Sequence[Need]:
    """The oldest of each kind first; and streams that are shut, which are every workspace's.

    manages: mail that came in, imports and deliveries in doubt as well.
    """
    asked = {"workspace": workspace_id, "manages": manages, "most": MOST, "counted": COUNTED}
    return [Need(*row) for row in tx.execute(_NEEDS, asked)]


_NEEDS = text("""
    select 'stream' as kind, id as number, name as title,
           case when paused_at is not null then paused_because else held_because end as because, paused_at as since
    from streams where paused_at is not null or held_until is not null
    union all
    (select 'publication', id, name, paused_because, paused_at from publications
     where workspace_id = :workspace and paused_at is not null order by id limit :most)
    union all
    (select 'edition', id, subject, '', null from editions
     where workspace_id = :workspace and state = 'paused' order by id limit :most)
    union all
    (select 'setback', e.id, e.subject, s.because, s.created_at
     from (select distinct on (edition_id) edition_id, because, created_at from setbacks
           where workspace_id = :workspace order by edition_id, id desc) s join editions e on e.id = s.edition_id
     where e.state = 'draft'
       and not exists (select from revisions r where r.edition_id = e.id and r.created_at > s.created_at)
     order by s.created_at limit :most)
    union all
    select 'mails', count(*), max(state), max(reason), min(received_at)
    from (select state, reason, received_at from inbound_emails
          where :manages and workspace_id = :workspace and state in ('held', 'failed') order by id limit :counted) mails
    group by state having count(*) > 0
    union all
    (select 'import', id, name, state, created_at from imports
     where :manages and workspace_id = :workspace and state in ('uploaded', 'checked', 'paused')
     order by id limit :most)
    union all
    select 'unknown', count(*), '', '', min(claimed_at)
    from (select claimed_at from deliveries
          where :manages and workspace_id = :workspace and state = 'unknown' order by id limit :counted) doubted
    having count(*) > 0
""")
