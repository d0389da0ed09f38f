"""The fault knobs: what should go wrong, how often, decided by one seeded random source."""

import random
from dataclasses import dataclass, field
from typing import Any

# Faults of a whole request, in the order they are tried.
BEFORE = ("drop_before_accept", "too_many_requests", "maintenance", "server_error", "server_error_html")
AFTER = ("accept_then_drop", "half_accepted", "service_delay", "not_json")
EACH = (
    *("item_error", "bounce", "complaint", "open", "click"),
    *("duplicate_webhooks", "reordered_webhooks", "slow_webhooks"),
)
NAMES = BEFORE + AFTER + EACH
OPTIONS: dict[str, dict[str, Any]] = {
    **{name: {"path": "/email"} for name in BEFORE},
    "item_error": {"code": 406, "message": ""},
    "bounce": {"type": "HardBounce"},
    "reordered_webhooks": {"seconds": 1.0},
    "slow_webhooks": {"seconds": 1.0},
}
NUMBERS = ("latency_ms", "index_lag_seconds")


class WrongKnob(ValueError):
    """A fault document names an unknown knob or gives it a value it cannot have."""


@dataclass(slots=True)
class Fault:
    """Happens to a share of what comes (`rate`, 0 to 1) or to the `next` so many."""

    rate: float = 0.0
    next: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"rate": self.rate, "next": self.next, **self.options}


class Faults:
    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.latency_ms = 0.0
        self.index_lag_seconds = 0.0
        self.seed: int | None = None
        self.random = random.Random()
        self.active: dict[str, Fault] = {}
        self.struck: dict[str, int] = {}

    def check(self, document: dict[str, Any]) -> None:
        """Raises WrongKnob when the document could not be set."""
        if unknown := set(document) - {*NAMES, *NUMBERS, "seed", "struck"}:
            raise WrongKnob(f"unknown fault: {', '.join(sorted(unknown))}")
        for name in document:
            if name in NAMES:
                _fault(name, document[name])
            elif name in NUMBERS:
                _number(name, document[name])

    def change(self, document: dict[str, Any]) -> None:
        """Sets the knobs named in a checked document; `null` or `false` turns one off."""
        for name in NUMBERS:
            setattr(self, name, document.get(name, getattr(self, name)))
        if "seed" in document:
            self.seed, self.random = document["seed"], random.Random(document["seed"])
        for name in NAMES:
            if name in document:
                self._set(name, _fault(name, document[name]))

    def _set(self, name: str, fault: Fault | None) -> None:
        self.active.pop(name, None)
        if fault:
            self.active[name] = fault

    def strikes(self, name: str, path: str = "") -> Fault | None:
        """The fault if it happens now: counts down `next`, or throws the dice for `rate`."""
        fault = self.active.get(name)
        if fault is None or not path.startswith(fault.options.get("path", "")):
            return None
        if not self._happens(fault):
            return None
        self.struck[name] = self.struck.get(name, 0) + 1
        return fault

    def as_json(self) -> dict[str, Any]:
        numbers = {name: getattr(self, name) for name in NUMBERS}
        active = {name: fault.as_json() for name, fault in self.active.items()}
        return {**numbers, "seed": self.seed, **active, "struck": self.struck}

    def _happens(self, fault: Fault) -> bool:
        if fault.next > 0:
            fault.next -= 1
            return True
        return fault.rate > 0 and self.random.random() < fault.rate


def _fault(name: str, value: Any) -> Fault | None:
    if value is None or value is False:
        return None
    known = OPTIONS.get(name, {})
    if not isinstance(value, dict) or set(value) - {"rate", "next", *known}:
        raise WrongKnob(f"{name} takes an object of rate or next{''.join(f', {option}' for option in known)}")
    rate, count = _number(name, value.get("rate", 0)), _number(name, value.get("next", 0))
    if rate > 1:
        raise WrongKnob(f"{name}: rate is a probability between 0 and 1")
    return Fault(rate, int(count), {**known, **{key: value[key] for key in known if key in value}})


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise WrongKnob(f"{name} takes numbers that are not negative")
    return value
