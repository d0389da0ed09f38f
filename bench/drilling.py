"""One drill: a send goes on while things die, then everything is let alone and must come right by itself."""

import argparse
import threading
import time
from contextlib import ExitStack
from typing import NamedTuple

from bench import measure, troubles
from bench.command import Report
from bench.sends import SENDS, Send
from bench.stage import Stage, say
from bench.ticking import awaited, ticking
from bench.troubles import Trouble
from config import settings

N = 10_000
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
    began = time.time()
    with ticking(plan.ticks):
        strikes = _ordeal(system, plan, options, send)
        settled = awaited(send.missing, PATIENCE, pause=0.2)
    speed, found = _speed(system, send, began), send.reckon()
    clean = settled and found["balanced"] and not any(found[key] for key in send.flaws)
    about = {"name": options.name, "n": send.n, "send": options.send, "seed": options.seed}
    return about | speed | found | _befallen(system, strikes) | {"clean": clean, "processes": system.usage.as_json()}


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
    with ExitStack() as stack:
        for trouble in striking:
            stack.enter_context(trouble.going_on())
        _watch(send, striking, options.seconds)
    return {trouble.name: trouble.strikes for trouble in striking}


def _watch(send: Send, striking: list[Trouble], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        say(f"  {send.accepted()} accepted, {sum(trouble.strikes for trouble in striking)} strikes")
        time.sleep(min(5.0, left))


def _speed(system: Stage, send: Send, began: float) -> Report:
    """Until the provider had the last of them, and until all had come right."""
    ended, told = time.time(), system.provider.summary()
    seconds = (told["last_accepted_at"] or ended) - began
    return {
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(told["accepted"], seconds),
        "settled_seconds": round(ended - began, 2),
        "peak_rss_mb": system.usage.as_json()["worker"]["peak_rss_mb"],
    }


def _befallen(system: Stage, strikes: dict[str, int]) -> Report:
    return {"kills": sum(strikes.values()), "strikes": strikes, "faults": system.provider.misbehave()["struck"]}
