"""Numbers out of many moments."""

from collections.abc import Sequence


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50_ms, p95_ms and p99_ms (nearest rank) and the maximum; empty for no values."""
    ordered = sorted(seconds)
    ranks = {"p50_ms": 0.50, "p95_ms": 0.95, "p99_ms": 0.99, "max_ms": 1.0}
    return {name: round(_rank(ordered, share) * 1000, 1) for name, share in ranks.items()} if ordered else {}


def per_second(count: int, seconds: float) -> float:
    return round(count / seconds, 1) if seconds > 0 else 0.0


def _rank(ordered: Sequence[float], share: float) -> float:
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered) + 0.5) - 1))]
