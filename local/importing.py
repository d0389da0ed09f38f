"""bin/postroom import FILE: a file of people, from the shell. Its columns are guessed; the page corrects them."""

import argparse
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.imports import feed_import, read_import
from jobs.processes.processes import PROCESSES
from models.db import transaction
from models.imports.dialect import NoTable
from models.imports.file import Existing, Import
from models.imports.kinds import KINDS
from models.imports.preview import keep, looked_at
from models.imports.progress import Progress
from models.membership import Membership
from models.publication import Publication
from models.user import User
from models.workspace import Workspace


class Refused(Exception):
    """What is missing, in a sentence."""


def main() -> int:
    """The exit code: 0 when every row has been checked, 2 when there is nobody to import for, or no table."""
    given = _parser().parse_args()
    try:
        number, link = _bring(given)
    except (NoTable, Refused, OSError) as problem:
        print(f"{given.file}: {problem}", file=sys.stderr)
        return 2
    read_import(number, 1)
    with transaction() as tx:
        imported, progress = tx.get_one(Import, number), Progress.of(tx, number)
        runs = given.run and imported.run(tx)
    _tell(imported, progress)
    if runs:
        feed_import.later(number)
    print(f"{'It is running' if runs else 'Nothing has changed yet'}: {link}")
    return 2 if imported.problem else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/postroom", description="Postroom from the shell.")
    parser.add_argument("--started-in", default=".", help=argparse.SUPPRESS)  # what FILE is relative to
    verb = parser.add_subparsers(required=True).add_parser("import", help="a file of people, one a row")
    verb.add_argument("file", help="CSV, TSV or the like")
    verb.add_argument("--by", required=True, help="the address of the owner or admin who imports")
    verb.add_argument("--workspace", default="", help="its name, where they manage several")
    verb.add_argument("--kind", choices=KINDS, default="team_members", help="what its rows are (team_members)")
    verb.add_argument("--existing", choices=list(Existing), default="skip", help="who is here already (skip)")
    verb.add_argument("--team", default="", help="of rows that name none")
    verb.add_argument("--zone", default="UTC", help="of rows that name none (UTC)")
    verb.add_argument("--publication", default="", help="the newsletter that subscribers get")
    verb.add_argument("--consent", default="", help="how they agreed, for rows that do not say so")
    for process in PROCESSES.values():
        about = f"{process.label.lower()}: {', '.join(f'{word} ({label})' for word, label in process.choices.items())}"
        verb.add_argument(f"--{process.word}", choices=process.choices, help=about)
    verb.add_argument("--run", action="store_true", help="do it, once every row has been checked")
    return parser


def _bring(given: argparse.Namespace) -> tuple[int, str]:
    kind, path = KINDS[given.kind], Path(given.started_in, given.file)
    with path.open("rb") as file:
        seen, size = looked_at(file, kind)
        if "email" not in seen.mapping:
            raise Refused(f"none of its columns looks like addresses: {', '.join(seen.columns)}")
        with transaction() as tx:
            user, workspace = _manager(tx, given)
            about = {"workspace_id": workspace.id, "user_id": user.id, "name": path.name, "size": size}
            imported = keep(tx, file, seen, kind, **about)
            asked = {word: choice for word in PROCESSES if (choice := getattr(given, word))}
            imported.check(tx, existing=given.existing, processes=asked, options=_options(tx, workspace, given))
    return imported.id, f"{workspace.base_url}/imports/{imported.id}"


def _manager(tx: Session, given: argparse.Namespace) -> tuple[User, Workspace]:
    found = select(User, Workspace, Membership).join(Membership, Membership.user_id == User.id)
    found = found.join(Workspace, Workspace.id == Membership.workspace_id).where(User.email == given.by.strip().lower())
    places = [(user, place) for user, place, seat in tx.execute(found) if seat.manages]
    places = [each for each in places if given.workspace in ("", each[1].name)]
    if len(places) != 1:
        names = ", ".join(place.name for _, place in places)
        raise Refused(f"say with --workspace which of {names}" if names else f"{given.by} manages no such workspace")
    return places[0]


def _options(tx: Session, workspace: Workspace, given: argparse.Namespace) -> dict[str, Any]:
    if given.kind == "subscribers":
        found = select(Publication.id).filter_by(workspace_id=workspace.id, name=given.publication)
        number = tx.scalar(found)
        if number is None:
            raise Refused("say with --publication which newsletter they get")
        return {"publication": number, "consent": given.consent}
    hours = {"reminder_hour": "18:00:00", "digest_hour": "09:00:00"}
    return {"team": given.team, "zone": given.zone, "invite": True, **hours} if given.kind == "team_members" else {}


def _tell(imported: Import, progress: Progress) -> None:
    taken = (f"{column} as {word}" for column, word in zip(imported.columns, imported.mapping, strict=True) if word)
    print(f"Read as {imported.encoding}: {', '.join(taken)}")
    if imported.problem:
        print(f"It is no table: {imported.problem}.")
    for outcome, count in progress.forecast.items():
        print(f"{count:10,} {outcome}")


if __name__ == "__main__":
    sys.exit(main())
