"""Pictures of how the installation fared: queues, waits, mails, events and jobs, from the minute's samples."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from jobs.door import QUEUES
from models import clock
from models.sample import MINUTE, Sample
from web.charts.lines import Lines, Series


class Span(NamedTuple):
    label: str
    length: timedelta
    step: timedelta


SPANS = {
    "3h": Span("3 hours", timedelta(hours=3), MINUTE),
    "2d": Span("2 days", timedelta(days=2), timedelta(minutes=20)),
}

LATELY = Span("lately", timedelta(minutes=3), MINUTE)

Found = Mapping[str, Mapping[datetime, int]]


class Pulse(NamedTuple):
    steps: Sequence[datetime]  # their beginnings
    found: Found
    minutes: int  # in a step

    @classmethod
    def of(cls, tx: Session, span: Span) -> "Pulse":
        """Up to the last whole minute."""
        ends = clock.now().replace(second=0, microsecond=0)
        steps = [ends - span.length + number * span.step for number in range(span.length // span.step + 1)]
        return cls(steps, Sample.since(tx, steps[0], span.step), span.step // MINUTE)

    def charts(self) -> Iterator[tuple[str, Lines]]:
        """Each with its id."""
        each = f"Each point is {'a minute' if self.minutes == 1 else f'the highest of {self.minutes} minutes'}, in UTC."
        rate = "How many a minute, by what has been counted until then."
        yield "depths", self._lines("Jobs waiting", each, [self._level(f"depth {name}", name) for name in QUEUES])
        waits = [self._level(f"wait {name}", name) for name in QUEUES]
        yield "waits", self._lines("How long a job waits, ms", f"One job is sent through each queue. {each}", waits)
        yield "mails", self._lines("Mails handed over a minute", rate, [self._rate("sent", "Mails")])
        yield "events", self._lines("Events received a minute", rate, [self._rate("events", "Events")])
        for what in ("started", "ended"):
            yield what, self._lines(f"Jobs {what} a minute", rate, [self._rate(f"{what} {q}", q) for q in QUEUES])

    def latest(self, name: str) -> int | None:
        """The last rate that is known."""
        return next((value for value in reversed(self._rate(name, "").values) if value is not None), None)

    def _lines(self, title: str, about: str, series: Sequence[Series]) -> Lines:
        labels = [f"{step:%-d %b, %H:%M}" for step in self.steps]
        return Lines(title, about, labels, series, [f"{step:%H:%M}" for step in self.steps], len(series) == 1)

    def _level(self, name: str, label: str) -> Series:
        """As it was; nothing where nobody looked."""
        known = self.found.get(name, {})
        return Series(label, [known.get(step) for step in self.steps])

    def _rate(self, name: str, label: str) -> Series:
        """What came to a number that only grows; one that is smaller has begun anew."""
        known = self.found.get(name, {})
        values: list[int | None] = [None]
        for before, step in zip(self.steps, self.steps[1:], strict=False):
            earlier, now = known.get(before), known.get(step)
            grown = None if earlier is None or now is None else now - earlier if now >= earlier else now
            values.append(None if grown is None else round(grown / self.minutes))
        return Series(label, values)
