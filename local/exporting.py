"""bin/postroom export NUMBER FILE: what was imported with what became of each row, as .csv or .xlsx."""

import argparse
import sys
from pathlib import Path

from models.db import transaction
from models.exports import making
from models.exports.export import Export, State, pieces
from models.exports.forms import FORMS
from models.imports.file import Import


def main() -> int:
    """The exit code: 2 when there is no such import, or no such file can be made."""
    given = _parser().parse_args()
    path = Path(given.started_in, given.file)
    number = _asked(given.number, path)
    while number and making.step(number):
        pass
    with transaction() as tx:
        export = tx.get(Export, number) if number else None
    if export is None or export.state != State.MADE:
        reason = f"It was not made: {export.problem}" if export else f"There is no import {given.number}"
        print(f"{reason}.", file=sys.stderr)
        return 2
    with path.open("wb") as file:
        file.writelines(pieces(export.id))
    print(f"{export.rows:,} rows are in {given.file}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/postroom export", description="Takes an import away as a file.")
    parser.add_argument("--started-in", default=".", help=argparse.SUPPRESS)  # what FILE is relative to
    parser.add_argument("verb", choices=["export"], help=argparse.SUPPRESS)
    parser.add_argument("number", type=int, help="the import's, as the address of its page has it")
    parser.add_argument("file", help="where to: .csv or .xlsx")
    return parser


def _asked(import_id: int, path: Path) -> int | None:
    form = path.suffix.lstrip(".").lower()
    with transaction() as tx:
        imported = tx.get(Import, import_id)
        if imported is None:
            return None
        about = {"workspace_id": imported.workspace_id, "source": "import", "about": {"import": import_id}}
        return Export.ask(tx, {**about, "name": path.stem, "form": form if form in FORMS else "csv"}).id


if __name__ == "__main__":
    sys.exit(main())
