"""What this installation can see of itself, check by check: asked when somebody looks."""

import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

from redis import RedisError
from rq import Worker
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker
from sqlalchemy.orm import Session

from config import settings
from jobs import provider_checks
from jobs.connection import redis_connection
from jobs.schedule import next_tick
from models.check import Check, State
from models.vitals import Vitals, newest

LATE = 120.0  # seconds after which a tick, or a worker's heartbeat, is missed
SKEW = 5.0  # seconds by which clocks may differ
LOCAL = ("127.0.0.1", "localhost", "::1")


def all_checks(tx: Session) -> list[Check]:
    """Nothing raises but the database; what Redis does not say is bad by itself."""
    vitals = Vitals.of(tx)
    asked = [configuration(), address(tx), migrations(vitals), clocks(vitals), connections(vitals)]
    try:
        told = redis_connection().info("memory")
        return [*asked, redis(str(told.get("maxmemory_policy", ""))), worker(), scheduler(), errors()]
    except RedisError as problem:
        found = f"Redis does not answer: {type(problem).__name__}. Nothing is lost, and nothing is sent."
        return [*asked, Check("Redis", State.BAD, found, "Look at the add-on, and at REDIS_URL."), errors()]


def configuration() -> Check:
    """A process that lacks a variable does not start, so whoever reads this has all that are required."""
    return Check("Configuration", State.FINE, f"All required variables are there; this is {settings.environment}.")


def address(tx: Session) -> Check:
    name, fix = "Address", "Set BASE_URL to the address that people type, such as https://mail.example.com."
    base = provider_checks.base(tx)
    parts = urlsplit(base)
    if not base:
        return Check(name, State.BAD, "Nobody knows where links should lead.", fix)
    if settings.in_production and (parts.scheme != "https" or parts.hostname in LOCAL):
        return Check(name, State.BAD, f"Links lead to {base}, which others cannot reach safely.", fix)
    return Check(name, State.FINE, f"Links, and Postmark's webhooks, lead to {base}.")


def migrations(vitals: Vitals) -> Check:
    if vitals.is_current:
        return Check("Migrations", State.FINE, f"The schema is at {vitals.migrated}, the last there is.")
    found = f"The schema is at {vitals.migrated}, and this release has {newest()}."
    return Check("Migrations", State.BAD, found, "Run python -m migrations, which the release phase does on Heroku.")


def clocks(vitals: Vitals) -> Check:
    """Two readings a moment apart: what is between them is the skew, and at most the time of a round trip more."""
    skew = abs((datetime.now(UTC) - vitals.now).total_seconds())
    if skew <= SKEW:
        return Check("Clocks", State.FINE, f"Ours and the database's are {skew:.1f} s apart.")
    found = f"Ours and the database's are {skew:.0f} s apart: what is due comes early or late."
    return Check("Clocks", State.BAD, found, "Have both machines set their clocks by NTP.")


def connections(vitals: Vitals) -> Check:
    found = f"{vitals.connections} of {vitals.most} are used."
    if vitals.connections > vitals.most * 0.8:
        fix = "Run fewer processes, set DATABASE_POOL lower, or take a larger plan."
        return Check("Database connections", State.LOOK, found, fix)
    return Check("Database connections", State.FINE, found)


def redis(policy: str) -> Check:
    """What it does when it is full, in its own word; some do not say."""
    if policy in ("", "noeviction"):
        return Check("Redis", State.FINE, "It answers, and refuses when it is full rather than forget jobs.")
    found = f"When it is full it forgets what waits ({policy}); the sweeps would find it again."
    return Check("Redis", State.LOOK, found, "Set maxmemory-policy to noeviction: heroku redis:maxmemory --policy.")


def worker() -> Check:
    alive = [each for each in Worker.all(connection=redis_connection(), serializer=JSONSerializer) if _is_alive(each)]
    if alive:
        return Check("Worker", State.FINE, f"{len(alive)} alive: {', '.join(each.name[:12] for each in alive[:4])}.")
    fix = "Start one: heroku ps:scale worker=1, or bin/worker."
    return Check("Worker", State.BAD, "None is running: nothing is sent, and nothing that comes in is read.", fix)


def scheduler() -> Check:
    name, fix = "Scheduler", "Start one: heroku ps:scale scheduler=1, or bin/scheduler."
    due = next_tick(redis_connection())
    if due is None:
        return Check(name, State.BAD, "No tick is registered: nobody is asked, and no digest is sent.", fix)
    late = time.time() - due
    if late > LATE:
        return Check(name, State.BAD, f"The tick is {late / 60:.0f} min late: nobody is asked meanwhile.", fix)
    return Check(name, State.FINE, "It ticks every minute.")


def errors() -> Check:
    if settings.sentry_dsn:
        return Check("Error reports", State.FINE, "Errors are reported to Sentry.")
    fix = "Set SENTRY_DSN, unless the queues' page and the logs are enough for you."
    return Check("Error reports", State.LOOK, "Nobody is told of errors by themselves.", fix)


def _is_alive(worker: BaseWorker) -> bool:
    beaten = worker.last_heartbeat
    return beaten is not None and (datetime.now(UTC) - beaten).total_seconds() < LATE
