"""A message stream of the provider's, and whether mail may flow through it at this moment.

open ─busy→ held until …─its time comes→ one message tries ─taken→ open
  │                          ↑──────────busy again, for longer──┘
  └─barred, or a person→ paused ─a person resumes, or the try every five minutes is taken→ open

`Busy` is an answer that will pass (429, 503, nobody there), `barred` one about the account and about no message.
While a stream is shut its deliveries stay queued: nobody claims them, no attempt of theirs is spent.

Streams belong to the installation and to no workspace: all workspaces send through one Postmark server.
"""

import random
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, DateTime, Text, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import settings
from models import clock
from models.db import Base
from models.types import CreatedAt, Id, Words

FIRST_HOLD, LONGEST_HOLD = 2.0, 300.0  # seconds; doubled with each failure in a row
RETRY_PAUSED = 300.0  # seconds between tries of a stream that Postmark barred
BURST = 3.0  # seconds' worth of a limited stream's messages that may go at once: its jobs may come a little late
RESTRICTED = """
    select name from streams
    where paused_at is not null or held_until is not null or most_per_second is not null
"""


class Weather(StrEnum):
    """What the answers to one call say of its stream."""

    FAIR = "fair"
    BUSY = "busy"
    BARRED = "barred"
    UNCLEAR = "unclear"  # no answer that says what became of it
    NOTHING = "nothing"  # no call was made


class State(StrEnum):
    OPEN = "open"
    LIMITED = "limited"
    HELD = "held"
    PAUSED = "paused"


class Grant(NamedTuple):
    """How many messages may go now, and whether they go to try a stream that was shut."""

    most: int
    probes: bool = False


class Stream(Base):
    __tablename__ = "streams"
    __table_args__ = (CheckConstraint("most_per_second > 0", name="most_per_second"),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text, unique=True)
    held_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when paused: its next own try
    held_because: Mapped[Words] = mapped_column(default="")
    failures: Mapped[int] = mapped_column(default=0)  # holds in a row
    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    paused_because: Mapped[Words] = mapped_column(default="")
    most_per_second: Mapped[int | None]
    tokens: Mapped[float] = mapped_column(default=0)  # messages that a capped stream may take at `filled_at`
    filled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    unsubscribes: Mapped[Words] = mapped_column(default="postmark", server_default="postmark")  # or `ours`
    created_at: Mapped[CreatedAt]

    @classmethod
    def all(cls, tx: Session) -> list["Stream"]:
        """Every stream, to be looked at; one that nothing ever happened to is not in the database yet."""
        known = {stream.name: stream for stream in tx.scalars(select(cls).order_by(cls.name))}
        ours = (settings.transactional_stream, settings.broadcast_stream)
        return list(({name: cls(name=name, **_FRESH) for name in ours} | known).values())

    @classmethod
    def named(cls, tx: Session, name: str) -> "Stream":
        """The stream, locked until the transaction ends, made unless it is there."""
        found = select(cls).filter_by(name=name).with_for_update().execution_options(populate_existing=True)
        stream = tx.scalar(found)
        if stream is None:
            tx.execute(insert(cls).values(name=name, **_FRESH, created_at=clock.now()).on_conflict_do_nothing())
            stream = tx.scalars(found).one()
        return stream

    @classmethod
    def restricted(cls, tx: Session) -> list[str]:
        """The names of those that are not simply open. Nearly always none: this is asked before each claim."""
        return list(tx.scalars(text(RESTRICTED)))

    @property
    def state(self) -> State:
        if self.paused_at:
            return State.PAUSED
        if self.held_until:
            return State.HELD
        return State.LIMITED if self.most_per_second else State.OPEN

    @property
    def is_shut(self) -> bool:
        """Whether nothing at all may go now, not even a try."""
        return self.held_until > clock.now() if self.held_until else self.paused_at is not None

    def pause(self, because: str) -> None:
        """Nothing more is sent through it until `resume`; what is on its way arrives."""
        self.paused_at, self.paused_because, self.held_until = clock.now(), because, None

    def resume(self) -> None:
        """Open again, at once, whatever shut it. Enqueue `reopen` after the transaction."""
        self.paused_at, self.paused_because = None, ""
        self.held_until, self.held_because, self.failures = None, "", 0

    def limit(self, most_per_second: int | None) -> None:
        """No more than so many messages a second from now on, of all workers together; None for no limit."""
        self.most_per_second, self.tokens, self.filled_at = most_per_second, 0, clock.now()

    def grant(self, wanted: int) -> Grant:
        """How many of `wanted` messages may go now. For a stream that is locked.

        Who gets a try has it alone: others may after the time that a lost worker's claim is doubted.
        """
        if self.is_shut:
            return Grant(0)
        if self.held_until:
            self.held_until = clock.now() + timedelta(seconds=settings.stale_after)
            return Grant(1, probes=True)
        return Grant(self._draw(wanted) if self.most_per_second else wanted)

    def room(self) -> int | None:
        """How many messages it would take now, a try being one; None for as many as there are."""
        if self.is_shut:
            return 0
        if self.held_until:
            return 1
        return max(1, int(self._filled())) if self.most_per_second else None

    def hear(self, weather: Weather, words: str = "", *, probed: bool = False) -> None:
        """Tells it what its last call was answered. For a stream that is locked.

        Only the first of the calls that are refused together shuts it, and only a try opens it.
        """
        if probed and self.held_until:
            self._tried(weather, words)
        elif weather == Weather.BARRED and not self.paused_at:
            self._bar(words)
        elif weather == Weather.BUSY and self.state in (State.OPEN, State.LIMITED):
            self._hold(words)

    def wait(self) -> float | None:
        """Seconds until there is something to do by itself: 0 for now, None for never."""
        if self.paused_at and not self.held_until:
            return None
        return max(0.0, (self.held_until - clock.now()).total_seconds()) if self.held_until else 0.0

    def _tried(self, weather: Weather, words: str) -> None:
        match weather:
            case Weather.FAIR:
                self.resume()
            case Weather.BARRED:
                self._bar(words)
            case Weather.NOTHING:
                self.held_until = clock.now()  # another may try
            case _:
                self._hold(words)

    def _draw(self, wanted: int) -> int:
        full = self._filled()
        drawn = min(wanted, int(full))
        self.tokens, self.filled_at = full - drawn, clock.now()
        return drawn

    def _filled(self) -> float:
        """What its bucket holds now, which fills by `most_per_second`."""
        most = self.most_per_second or 0
        passed = (clock.now() - self.filled_at).total_seconds() if self.filled_at else 0.0
        return min(max(1.0, most * BURST), self.tokens + most * max(0.0, passed))

    def _bar(self, words: str) -> None:
        now = clock.now()
        self.paused_at, self.paused_because = self.paused_at or now, words[:500]
        self.held_until = now + timedelta(seconds=RETRY_PAUSED)

    def _hold(self, words: str) -> None:
        """Exponentially longer; a little at random, so that several installations do not come back together."""
        self.failures += 1
        wait = min(LONGEST_HOLD, FIRST_HOLD * 2 ** (min(self.failures, 20) - 1))
        wait *= random.uniform(0.8, 1.2)  # noqa: S311  (no secret)
        self.held_until, self.held_because = clock.now() + timedelta(seconds=wait), words[:500]


_FRESH = {"held_because": "", "failures": 0, "paused_because": "", "tokens": 0, "unsubscribes": "postmark"}
