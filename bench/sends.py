"""What is sent in a drill. Another send is another class with the same verbs."""

from typing import Any

from requests import RequestException
from sqlalchemy.exc import SQLAlchemyError

from bench import account, population
from bench.stage import Stage


class Reminders:
    """`n` people who fall due evenly over `over` seconds."""

    kind = "reminder"

    def __init__(self, system: Stage, n: int, over: float, awaits_events: bool) -> None:
        """`awaits_events`: it is not done before the provider has reported every one as delivered."""
        self.system, self.n, self.over = system, n, over
        self.open = ("queued", "sending", "unknown", *(("sent",) if awaits_events else ()))

    def prepare(self) -> None:
        population.settle_in(self.n, self.system.variables["BASE_URL"], over=self.over)

    def accepted(self) -> int:
        try:
            return int(self.system.provider.summary()["accepted"])
        except RequestException:
            return -1

    def missing(self) -> dict[str, int]:
        """{what is not done yet: how many}; empty when everybody is addressed and no delivery is open."""
        try:
            states = account.ledger(self.kind)
        except SQLAlchemyError:
            return {"database down": 1}
        still = {state: count for state, count in states.items() if state in self.open}
        unaddressed = self.n - sum(states.values())
        return still | ({"not addressed": unaddressed} if unaddressed else {})

    def reckon(self) -> dict[str, Any]:
        return account.reckon(self.system.provider, population.audience(self.n), self.kind)
