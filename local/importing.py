"""bin/postroom import FILE: a file of people, from the shell. Its columns are guessed; the page corrects them."""

import argparse
import sys
from pathlib import Path
from typing import Any

from redis import RedisError
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.imports import feed_import
from jobs.processes.processes import PROCESSES
from models.db import transaction
from models.imports import cells, reading
from models.imports.cells import Unreadable
from models.imports.dialect import NoTable
from models.imports.file import AT_ONCE, Existing, Import, State
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
    """The exit code: 0 when every row has been checked, 2 when there is nobody to import for, or no table, 130 when
    somebody stopped it half-way.
    """
    given = _parser().parse_args()
    try:
        number, link = _bring(given)
    except (NoTable, Refused, Unreadable, OSError) as problem:
        print(f"{given.file}: {_words(problem)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{given.file}: stopped before it was kept: nothing of it is left", file=sys.stderr)
        return 130
    try:
        return _follow(number, link)
    except KeyboardInterrupt:
        print(f"Stopped looking. It is kept, and a worker goes on with it within two minutes: {link}", file=sys.stderr)
        return 130


def _follow(number: int, link: str) -> int:
    for _ in reading.pages(number, 1):
        pass
    with transaction() as tx:
        imported, progress = tx.get_one(Import, number), Progress.of(tx, number)
    _tell(imported, progress)
    runs = imported.state == State.RUNNING
    if runs:
        _feed(number)
    print(f"{'It is running' if runs else 'Nothing has changed yet'}: {link}")
    return 2 if imported.problem else 0


def _feed(number: int) -> None:
    try:
        feed_import.later(number)
    except RedisError:
        print("Redis does not answer: it begins within two minutes of its coming back.", file=sys.stderr)


def _words(problem: Exception) -> str:
    return problem.strerror or str(problem) if isinstance(problem, OSError) else str(problem)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/postroom", description="Postroom from the shell.")
    parser.add_argument("--started-in", default=".", help=argparse.SUPPRESS)  # what FILE is relative to
    verb = parser.add_subparsers(required=True).add_parser("import", help="a file of people, one a row")
    verb.add_argument("file", help="CSV, TSV or the like, or an Excel workbook (.xlsx)")
    verb.add_argument("--sheet", default="", metavar="NAME|NUMBER", help="of a workbook (the first with rows)")
    verb.add_argument("--by", required=True, help="the address of the owner or admin who imports")
    verb.add_argument("--workspace", default="", help="its name, where they manage several")
    verb.add_argument("--kind", choices=KINDS, default="team_members", help="what its rows are (team_members)")
    verb.add_argument("--existing", choices=list(Existing), default="skip", help="who is here already (skip)")
    verb.add_argument("--team", default="", help="of rows that name none")
    verb.add_argument("--zone", default="UTC", help="of rows that name none (UTC)")
    verb.add_argument("--publication", default="", help="the newsletter that subscribers get")
    verb.add_argument("--consent", default="", help="how they agreed, for rows that do not say so")
    verb.add_argument("--list", default="", help="the name of a list that they come onto, made unless there is one")
    for process in PROCESSES.values():
        about = f"{process.label.lower()}: {', '.join(f'{word} ({label})' for word, label in process.choices.items())}"
        verb.add_argument(f"--{process.word}", choices=process.choices, help=about)
    verb.add_argument("--run", action="store_true", help="do it, once every row has been checked")
    return parser


def _bring(given: argparse.Namespace) -> tuple[int, str]:
    kind, path = KINDS[given.kind], Path(given.started_in, given.file)
    with path.open("rb") as file:
        seen, size = looked_at(file, kind, given.sheet)
        if "email" not in seen.mapping:
            raise Refused(f"none of its columns looks like addresses: {', '.join(seen.columns)}")
        with transaction() as tx:
            user, workspace = _manager(tx, given)
            options = _options(tx, workspace, given) | {AT_ONCE: given.run}
            about = {"workspace_id": workspace.id, "user_id": user.id, "name": path.name, "size": size}
            imported = keep(tx, file, seen, kind, **about)
            asked = {word: choice for word in PROCESSES if (choice := getattr(given, word))}
            imported.check(tx, existing=given.existing, processes=asked, options=options)
    return imported.id, f"{workspace.base_url}/imports/{imported.id}"


def _manager(tx: Session, given: argparse.Namespace) -> tuple[User, Workspace]:
    found = select(User, Workspace, Membership).join(Membership, Membership.user_id == User.id)
    found = found.join(Workspace, Workspace.id == Membership.workspace_id).where(User.email == given.by.strip().lower())
    places = [(user, place) for user, place, seat in tx.execute(found.order_by(Workspace.id)) if seat.manages]
    fitting = [each for each in places if given.workspace in ("", each[1].name, str(each[1].id))]
    if len(fitting) == 1:
        return fitting[0]
    if not places:
        raise Refused(f"{given.by} manages no workspace here")
    names = ", ".join(f"{place.name} ({place.id})" for _, place in fitting or places)
    raise Refused(f"say with --workspace, by name or number, which of those that {given.by} manages: {names}")


def _options(tx: Session, workspace: Workspace, given: argparse.Namespace) -> dict[str, Any]:
    if given.kind == "list" and not given.list:
        raise Refused("say with --list which list they come onto")
    if given.kind == "subscribers":
        return {"publication": _publication(tx, workspace, given), "consent": given.consent, "list": given.list}
    if given.kind != "team_members":
        return {"list": given.list}
    hours = {"reminder_hour": "18:00:00", "digest_hour": "09:00:00"}
    return {"team": given.team, "zone": cells.zone(given.zone), "invite": True, **hours}


def _publication(tx: Session, workspace: Workspace, given: argparse.Namespace) -> int:
    found = tx.scalars(select(Publication).filter_by(workspace_id=workspace.id).order_by(Publication.id)).all()
    numbers = [each.id for each in found if given.publication in (each.name, str(each.id))]
    if len(numbers) == 1:
        return numbers[0]
    names = ", ".join(f"{each.name} ({each.id})" for each in found)
    raise Refused(
        f"say with --publication, by name or number, which newsletter they get: {names or 'there is none yet'}"
    )


def _tell(imported: Import, progress: Progress) -> None:
    taken = (f"{column} as {word}" for column, word in zip(imported.columns, imported.mapping, strict=True) if word)
    written = f"the sheet {imported.sheet}" if imported.sheet else imported.encoding
    print(f"Read as {written}: {', '.join(taken)}")
    if imported.problem:
        print(f"It is no table: {imported.problem}.")
    for outcome, count in progress.forecast.items():
        print(f"{count:10,} {outcome}")


if __name__ == "__main__":
    sys.exit(main())
