"""bin/postroom verify ADDRESS …: what is held of addresses, and on what grounds."""

import argparse
import sys

from sqlalchemy import literal, select

from jobs.verifying import verify
from models.db import transaction
from models.verifying.verdict import Finding, Verdict
from models.workspace import Workspace


def main() -> int:
    """The exit code: 0 when nothing speaks against any of them, 1 when something does, or nobody could be asked."""
    given = _parser().parse_args()
    found = verify(_workspace(given.workspace), given.address)
    for address, finding in found.items():
        _tell(address, finding)
    return 0 if all(finding.verdict == Verdict.DELIVERABLE for finding in found.values()) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/postroom", description="Postroom from the shell.")
    parser.add_argument("--started-in", help=argparse.SUPPRESS)
    verb = parser.add_subparsers(required=True).add_parser("verify", help="whether mail would reach an address")
    verb.add_argument("address", nargs="+")
    verb.add_argument("--workspace", default="", help="whose bounces and suppressions count, where there are several")
    return parser


def _workspace(name: str) -> int:
    """The one of that name, or the only one; 0, which is nobody's, where that is not clear."""
    with transaction() as tx:
        named = select(Workspace.id).where((Workspace.name == name) | (literal(name) == ""))
        found = tx.scalars(named.limit(2)).all()
    return found[0] if len(found) == 1 else 0


def _tell(address: str, finding: Finding) -> None:
    print(f"{address}: {finding.verdict}")
    for check, result, detail in finding.evidence:
        print(f"  {check:10} {result:13} {detail}")


if __name__ == "__main__":
    sys.exit(main())
