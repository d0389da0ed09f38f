"""Many people as a file has them: some rows are wrong, some are there twice, and what is to become of each is known."""

from typing import NamedTuple

ZONES = ("Europe/London", "Asia/Kolkata", "America/New_York")
COLUMNS = ("Name", "E-Mail", "Team", "Asked at", "Time zone")
WRONG_EVERY = 100  # rows, of which one has no address
TWICE_EVERY = 250  # rows, of which one is there again
DOMAINS = 500  # of those whose addresses are verified
ABSENT_EVERY = 50  # domains, of which one is not there


class Crowd(NamedTuple):
    """`n` people from the number `start` on, in teams of 20.

    verified: their addresses are checked first; they have many domains, and who has one that is not there is left out.
    """

    n: int
    start: int = 0
    verified: bool = False

    def rows(self) -> list[tuple[str, ...]]:
        return [self._row(number) for number in range(self.start, self.start + self.n)]

    def outcomes(self) -> list[str]:
        """Of each row."""
        seen: set[str] = set()
        return [_outcome(row[1], seen) for row in self.rows()]

    def _row(self, number: int) -> tuple[str, ...]:
        person = number - 1 if number % TWICE_EVERY == TWICE_EVERY - 1 and number > self.start else number
        address = f"nobody{number}" if number % WRONG_EVERY == 50 else f"person{person}@{self._domain(person)}"
        return f"Person {person}", address, f"Team {person // 20}", f"{number % 24}:00", ZONES[number % 3]

    def _domain(self, person: int) -> str:
        place = person % DOMAINS
        absent = "absent." if place % ABSENT_EVERY == ABSENT_EVERY - 1 else ""
        return f"{absent}people{place}.example" if self.verified else "people.example"


def _outcome(address: str, seen: set[str]) -> str:
    if "@" not in address:
        return "invalid"
    known = address in seen
    seen.add(address)
    return "skipped" if known or "@absent." in address else "created"
