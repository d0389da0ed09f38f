"""What is sent in a drill. Another send is another class with the same verbs."""

from typing import Any

from requests import RequestException

from bench import account, population
from bench.stage import Stage


class Reminders:
    """`n` people who fall due evenly over `over` seconds."""

    kind = "reminder"
    OPEN = ("queued", "sending", "unknown")

    def __init__(self, system: Stage, n: int, over: float) -> None:
        self.system, self.n, self.over = system, n, over

    def prepare(self) -> None:
        population.settle_in(self.n, self.system.variables["BASE_URL"], over=self.over)

    def accepted(self) -> int:
        try:
            return int(self.system.provider.summary()["accepted"])
        except RequestException:
            return -1

    def missing(self) -> dict[str, int]:
        """{what is not done yet: how many}; empty when everybody is addressed and no delivery is open."""
        states = account.ledger(self.kind)
        still = {state: count for state, count in states.items() if state in self.OPEN}
        unaddressed = self.n - sum(states.values())
        return still | ({"not addressed": unaddressed} if unaddressed else {})

    def reckon(self) -> dict[str, Any]:
        return account.reckon(self.system.provider, population.audience(self.n), self.kind)
