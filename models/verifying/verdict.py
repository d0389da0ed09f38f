"""What is held of an address, and on what grounds."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Verdict(StrEnum):
    DELIVERABLE = "deliverable"  # nothing speaks against it
    RISKY = "risky"  # mail may arrive, and something speaks against sending it
    UNDELIVERABLE = "undeliverable"  # mail cannot arrive
    UNKNOWN = "unknown"  # what decides could not be asked


_WORST_FIRST = (Verdict.UNDELIVERABLE, Verdict.UNKNOWN, Verdict.RISKY, Verdict.DELIVERABLE)


class Evidence(NamedTuple):
    """check: `syntax`, `domain`, `mx`, `disposable`, `role`, `typo` or `history`. result: what it alone would come to.

    detail: what was found, in words.
    """

    check: str
    result: Verdict
    detail: str


class Finding(NamedTuple):
    """suggestion: the address that was probably meant, or nothing."""

    evidence: Sequence[Evidence]
    suggestion: str = ""

    @property
    def verdict(self) -> Verdict:
        """The worst that any check came to. No answer outweighs a risk, since nobody knows what it would have been."""
        found = {each.result for each in self.evidence}
        return next((verdict for verdict in _WORST_FIRST if verdict in found), Verdict.UNKNOWN)

    @property
    def reason(self) -> str:
        """The first ground for the verdict."""
        return next((each.detail for each in self.evidence if each.result == self.verdict), "")

    def as_json(self) -> dict[str, Any]:
        """`{verdict, evidence: [{check, result, detail}], suggestion}`."""
        evidence = [each._asdict() for each in self.evidence]
        return {"verdict": self.verdict, "evidence": evidence, "suggestion": self.suggestion}
