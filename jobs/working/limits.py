"""The worker's times, in seconds. Heroku kills 30 s after SIGTERM: `grace` and what follows it must stay well below."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    idle: float = 0.025  # between looks at empty queues
    beat: float = 10.0  # between heartbeats
    life: int = 40  # without a heartbeat, after which a job counts as abandoned
    upkeep: float = 15.0  # between cleanings of the registries
    grace: float = 20.0  # for what is running when we are told to stop
    farewell: float = 7.0  # after the grace, for putting back what is unfinished
    wedged: float = 30.0  # beyond its timeout, after which a job that does not stop is given up


#: The most jobs one look takes: it bounds how long the script keeps Redis from others (about 10 ms).
MOST_AT_ONCE = 1_000
