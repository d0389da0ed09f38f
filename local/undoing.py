"""bin/postroom undo NUMBER: what an import did goes back, except what people did since; without --run, what would."""

import argparse
import sys

from jobs.undoing import feed_undo
from models.db import transaction
from models.imports import undoing
from models.imports.file import Import
from models.imports.undoing import Rehearsal


def main() -> int:
    """The exit code: 2 when there is no such import, or it has not ended, or has been undone."""
    given = _parser().parse_args()
    with transaction() as tx:
        imported = tx.get(Import, given.number)
        trial = undoing.tried(tx, imported) if imported else None
        undoes = given.run and imported is not None and imported.undo(tx)
    if trial is None:
        print(f"There is no import {given.number} that has ended and can be undone.", file=sys.stderr)
        return 2
    _tell(trial)
    if undoes:
        feed_undo.later(given.number)
    print("It is being undone." if undoes else "Nothing has changed yet: say --run to undo it.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/postroom undo", description="Takes back what an import did.")
    parser.add_argument("--started-in", help=argparse.SUPPRESS)
    parser.add_argument("verb", choices=["undo"], help=argparse.SUPPRESS)
    parser.add_argument("number", type=int, help="the import's, as the address of its page has it")
    parser.add_argument("--run", action="store_true", help="do it")
    return parser


def _tell(trial: Rehearsal) -> None:
    rest = f", the first {trial.tried:,} of which were tried" if trial.tried < trial.of else ""
    print(f"{trial.of:,} rows created or changed something{rest}.")
    print(f"{trial.undone:10,} go back\n{len(trial.kept):10,} stay")
    for _, number, reason in trial.kept[:100]:
        print(f"row {number:6,}: {reason}")


if __name__ == "__main__":
    sys.exit(main())
