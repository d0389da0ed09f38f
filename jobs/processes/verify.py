"""Whether mail would reach the address of a row."""

from collections.abc import Mapping

from jobs.verifying import verify
from models.imports.checks import Checked
from models.imports.file import Import
from models.verifying.verdict import Finding, Verdict

BAD = {
    "note": (),
    "undeliverable": (Verdict.UNDELIVERABLE,),
    "risky": (Verdict.UNDELIVERABLE, Verdict.RISKY),
}


class Verify:
    word = "verify"
    label = "Check the addresses first"
    choices: Mapping[str, str] = {
        "note": "and only note what is found",
        "undeliverable": "and leave out who cannot get mail",
        "risky": "and leave out who cannot, or is a risk",
    }

    def run(self, imported: Import, choice: str, rows: Mapping[int, Mapping[str, str]]) -> Mapping[int, Checked]:
        addresses = {number: given.get("email", "") for number, given in rows.items()}
        found = verify(imported.workspace_id, set(addresses.values()))
        return {n: _checked(found[address], choice) for n, address in addresses.items() if address in found}


def _checked(finding: Finding, choice: str) -> Checked:
    """Nobody is left out for what could not be asked."""
    bad = finding.verdict in BAD[choice]
    meant = f" (did you mean {finding.suggestion}?)" if finding.suggestion else ""
    return Checked(finding.as_json(), f"{finding.verdict}: {finding.reason}{meant}" if bad else "")
