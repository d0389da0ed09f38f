"""What is sent in a drill. Another send is another class with the same verbs."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from typing import Any, ClassVar

from requests import RequestException
from sqlalchemy.exc import SQLAlchemyError

from bench import account, population, readership, readings
from bench.stage import Stage
from config import settings
from jobs.editions import address_edition
from models.db import transaction
from models.edition import Edition
from models.stream import Stream


class Send(ABC):
    kind: ClassVar[str]
    hears: ClassVar[bool] = False  # whether the provider tells what becomes of it, whatever befalls us
    flaws: ClassVar[tuple[str, ...]] = ("lost", "duplicates", "strays", "unknown")  # of what `reckon` counts

    def __init__(self, system: Stage, n: int, over: float, awaits_events: bool) -> None:
        """To `n` people over `over` seconds. `awaits_events`: it is not done before the provider has reported every one
        as delivered."""
        self.system, self.n, self.over = system, n, over
        self.open = ("queued", "sending", "unknown", *(("sent",) if awaits_events else ()))

    @abstractmethod
    def prepare(self) -> None:
        """Everything is there when it returns, and the first may be sent."""

    @abstractmethod
    def audience(self) -> Collection[str]:
        """Their addresses."""

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
        return account.reckon(self.system.provider, self.audience(), self.kind)


class Reminders(Send):
    """People who fall due evenly."""

    kind = "reminder"

    def prepare(self) -> None:
        population.settle_in(self.n, self.system.variables["BASE_URL"], over=self.over)

    def audience(self) -> Collection[str]:
        return population.audience(self.n)


class Newsletter(Send):
    """One edition to all of them, through a stream that takes so many a second that it goes on all the time. Some
    readers open it and click at once."""

    kind = "edition"
    hears = True
    flaws = (*Send.flaws, *readings.FLAWS)

    def prepare(self) -> None:
        self.system.provider.misbehave(**readings.HABITS)
        number = readership.subscribe(self.n, self.system.variables["BASE_URL"])
        with transaction() as tx:
            Stream.named(tx, settings.broadcast_stream).limit(max(1, round(self.n / self.over)))
            tx.get_one(Edition, number).publish(tx)
        address_edition.later(number)

    def audience(self) -> Collection[str]:
        return readership.audience(self.n)

    def missing(self) -> dict[str, int]:
        return super().missing() or readings.missing(self.system.provider)

    def reckon(self) -> dict[str, Any]:
        return super().reckon() | readings.reckon(self.system.provider)


SENDS: dict[str, type[Send]] = {"reminders": Reminders, "newsletter": Newsletter}
