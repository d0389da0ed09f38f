"""bin/postroom doctor: whether this installation is well, check by check, with the fix of what is not."""

import argparse
import sys
from collections.abc import Iterable

from jobs import own_checks, provider_checks
from jobs.checkups import register_webhooks
from models.check import Check, State
from models.db import transaction


def main() -> int:
    """The exit code: 1 when something must be fixed."""
    given = _parser().parse_args()
    if given.register:
        register_webhooks()
    with transaction() as tx:
        own = own_checks.all_checks(tx)
    found = [*provider_checks.all_checks(), *own]
    _tell(found)
    return 1 if any(check.state == State.BAD for check in found) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/postroom", description="Postroom from the shell.")
    parser.add_argument("--started-in", help=argparse.SUPPRESS)
    verb = parser.add_subparsers(required=True).add_parser("doctor", help="whether this installation is well")
    verb.add_argument("--register", action="store_true", help="have Postmark's webhooks lead here first")
    return parser


def _tell(checks: Iterable[Check]) -> None:
    for check in checks:
        print(f"{check.state:8} {check.name}: {check.found}")
        if check.fix:
            print(f"{'':8} {check.fix}")


if __name__ == "__main__":
    sys.exit(main())
