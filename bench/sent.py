"""What a benchmark tells of a send that is over."""

import argparse
from collections.abc import Collection
from typing import Any, NamedTuple

from bench import account, measure
from bench.command import Report
from bench.provider import Provider


class Sent(NamedTuple):
    """One message of a kind to each of an audience, all of them accepted."""

    kind: str
    audience: Collection[str]
    began: float  # Unix time
    ended: float  # when the provider had the last of them
    usage: dict[str, dict[str, float]]  # what it cost

    def report(self, name: str, provider: Provider, options: argparse.Namespace, **more: Any) -> Report:
        """Its times and costs, `more` that this benchmark alone knows, and the account of who got it."""
        n, seconds = len(self.audience), self.ended - self.began
        return {
            "name": name,
            "n": n,
            "seconds": round(seconds, 2),
            "per_second": measure.per_second(n, seconds),
            **more,
            **measure.percentiles([row["accepted_at"] - self.began for row in provider.record()]),
            "peak_rss_mb": self.usage["worker"]["peak_rss_mb"],
            **account.reckon(provider, self.audience, self.kind),
            "kills": 0,
            **circumstances(options, self.usage),
        }


def circumstances(options: argparse.Namespace, usage: dict[str, dict[str, float]]) -> Report:
    """What closes every report."""
    return {"latency_ms": options.latency_ms, "workers": options.workers, "processes": usage}
