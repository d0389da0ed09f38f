"""Readers at an edition: what Postmark tells of them, and what is kept."""

import itertools
import json
from datetime import timedelta

from sqlalchemy import text

from models import clock, delivery_event, sending
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from models.publication import Publication
from models.sending import Outcome
from tests import people

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_keys = itertools.count()


def published(tracks, readers=4):
    """Handed over an hour ago to each of its readers."""
    with transaction() as tx:
        workspace = people.workspace(tx)
        publication = Publication(workspace=workspace, name="Notes", tracks=tracks)
        tx.add(publication)
        tx.flush()
        publication.subscribe(tx, {f"r{number}@example.com": "" for number in range(readers)}, consent="on paper")
        made = Edition(workspace_id=workspace.id, publication=publication, subject="x", html="x", text="x")
        tx.add(made)
        tx.flush()
        assert made.publish(tx) and made.address(tx)
        claimed = sending.claim(tx, list(tx.scalars(text("select id from deliveries"))))
        sending.record(
            tx, claimed[0].batch_id, [Outcome(each.id, "sent", provider_id=str(each.id)) for each in claimed]
        )
        tx.execute(text("update deliveries set sent_at = sent_at - interval '1 hour'"))
        return made


def event(delivery, type, after=0.0, link="", agent=AGENT, **more):
    at = clock.now() + timedelta(seconds=after)
    told = {"RecordType": type, "Metadata": {"delivery": str(delivery)}, "UserAgent": agent, **more}
    told |= {"ReceivedAt": at.isoformat(), "OriginalLink": link, "Client": {"Family": "Firefox"}}
    return told | {"Geo": {"CountryISOCode": "GB"}}


def apply(*events):
    with transaction() as tx:
        ids = [
            DeliveryEvent.receive(tx, type=told["RecordType"], key=str(next(_keys)), payload=json.dumps(told))
            for told in events
        ]
        assert delivery_event.apply(tx, ids) == set()


def sums(edition, *what):
    counted = text("""
        select what || ' ' || word, sum(count) from edition_tallies where edition_id = :edition and what = any(:what)
        group by 1 having sum(count) <> 0
    """)
    with transaction() as tx:
        return {key: int(count) for key, count in tx.execute(counted, {"edition": edition.id, "what": [*what]})}


def traces():
    with transaction() as tx:
        rows = tx.execute(text("select delivery_id, what, by, people, machines from traces order by 1, 2, link_id"))
        return [tuple(row) for row in rows]
