"""One drill: a send goes on while things die, then everything is let alone and must come right by itself."""

import argparse
import threading
import time
from contextlib import suppress
from typing import NamedTuple

from redis import RedisError

from bench import measure, troubles
from bench.command import Report
from bench.sends import SENDS, Send
from bench.stage import Stage, say
from bench.troubles import Trouble
from config import settings
from jobs.tick import tick

N = 10_000
TICK = settings.stale_after / 4  # seconds; the scheduler ticks once a minute, which would make a drill an hour
RETRIES = 60  # times faster than the provider's own, which take an hour
PATIENCE = 240.0  # seconds for everything to come right


class Plan(NamedTuple):
    """A cast, and what befalls it."""

    troubles: tuple[type[Trouble], ...]
    workers: int = 1
    schedulers: int = 1
    web: bool = False
    ticks: int = 1
    calm: float = 1.0  # how many times longer each trouble waits: with all of them at once nothing would move


PLANS = {
    "kill-worker": Plan((troubles.KillWorker,)),
    "kill-scheduler": Plan((troubles.KillScheduler,), ticks=0),
    "kill-web": Plan((troubles.KillWeb,), web=True),
    "wipe-redis": Plan((troubles.WipeRedis,)),
    "restart-redis": Plan((troubles.RestartRedis,)),
    "restart-postgres": Plan((troubles.RestartPostgres,)),
    "provider-chaos": Plan((troubles.ProviderChaos,)),
    "deploy": Plan((troubles.Deploy,)),
    "two-of-everything": Plan((), workers=3, schedulers=2, ticks=2),
}
EVERYTHING = tuple(trouble for plan in PLANS.values() for trouble in plan.troubles)
PLANS["everything"] = Plan(EVERYTHING, workers=2, schedulers=2, web=True, ticks=2, calm=5)


def run(system: Stage, options: argparse.Namespace) -> Report:
    plan = PLANS[options.name]
    hears = plan.web or SENDS[options.send].hears
    send = SENDS[options.send](system, options.n or N, options.seconds, hears)
    say(f"{send.n} mails over {options.seconds:.0f} s, seed {options.seed}")
    _cast(system, plan, hears)
    system.provider.behave(latency_ms=200, index_lag_seconds=settings.provider_index_lag / 4, seed=options.seed)
    send.prepare()
    began, over = time.time(), threading.Event()
    ticking = threading.Thread(target=_keep_ticking, args=[plan.ticks, over], daemon=True)
    ticking.start()
    try:
        strikes = _ordeal(system, plan, options, send)
        settled = _settle(send)
    finally:
        over.set()
        ticking.join()
    return _report(system, options, send, began, strikes, settled)


def _cast(system: Stage, plan: Plan, hears: bool) -> None:
    if hears:
        system.provider.set(deliver=True, retry_speed=RETRIES)
        system.start("web")
    for _ in range(plan.schedulers):
        system.start("scheduler")
    system.start_workers(plan.workers)


def _ordeal(system: Stage, plan: Plan, options: argparse.Namespace, send: Send) -> dict[str, int]:
    """Troubles until the last person is due; returns how often each has struck."""
    over = threading.Event()
    striking = [trouble(system, options.seed, over, plan.calm) for trouble in plan.troubles]
    try:
        for trouble in striking:
            trouble.start()
        _watch(send, striking, options.seconds)
    finally:
        over.set()
        for trouble in striking:
            trouble.join()
    for failure in (trouble.failure for trouble in striking if trouble.failure):
        raise failure
    return {trouble.name: trouble.strikes for trouble in striking}


def _watch(send: Send, striking: list[Trouble], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(min(5.0, left))
        say(f"  {send.accepted()} accepted, {sum(trouble.strikes for trouble in striking)} strikes")


def _keep_ticking(times: int, over: threading.Event) -> None:
    while not over.wait(TICK):
        for _ in range(times):
            with suppress(RedisError):
                tick.later()


def _settle(send: Send) -> bool:
    """Whether everything came right in time."""
    deadline, told = time.monotonic() + PATIENCE, 0.0
    while time.monotonic() < deadline:
        missing = send.missing()
        if not missing:
            return True
        if time.monotonic() - told > 5:
            say(f"  settling: {missing}")
            told = time.monotonic()
        time.sleep(0.2)
    return False


def _report(
    system: Stage,
    options: argparse.Namespace,
    send: Send,
    began: float,
    strikes: dict[str, int],
    settled: bool,
) -> Report:
    ended = time.time()
    found = send.reckon()
    faults = system.provider.misbehave()["struck"]
    last = system.provider.summary()["last_accepted_at"] or ended
    usage = system.usage.as_json()
    clean = settled and found["balanced"] and not any(found[key] for key in send.flaws)
    return {
        "name": options.name,
        "n": send.n,
        "send": options.send,
        "seed": options.seed,
        "seconds": round(last - began, 2),
        "per_second": measure.per_second(found["accepted"], last - began),
        "settled_seconds": round(ended - began, 2),
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        **found,
        "kills": sum(strikes.values()),
        "strikes": strikes,
        "faults": faults,
        "clean": clean,
        "processes": usage,
    }
