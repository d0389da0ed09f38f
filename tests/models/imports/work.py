"""Files are imported and undone, as the worker does it, and what came of their rows."""

import io

from sqlalchemy import select

from jobs import imports as jobs
from models.db import transaction
from models.imports.dialect import Dialect
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.preview import Preview
from models.imports.progress import Progress
from models.imports.row import ImportRow
from models.team_member import TeamMember
from models.user import User
from tests import people

PEOPLE = """Name,E-Mail,Team,Asked at,Digest at,Days,Time zone,Role
Grace Hopper,Grace@Example.com,Engine,17:30,8,Mon-Thu,America/New_York,editor
Katherine,katherine@example.com,,6 pm,,,berlin,
Nobody,not an address,Engine,,,,,
Grace again,grace@example.com,engine,,,,,
Dorothy,dorothy@example.com,Orbit,25:00,,,,
"""


def uploaded(workspace, content, **said):
    """An import of that file, with its columns guessed."""
    raw = content.encode() if isinstance(content, str) else content
    kind, mapping = said.pop("kind", "team_members"), said.pop("mapping", None)
    with transaction() as tx:
        seen = Preview.of(raw, Dialect.of(raw), KINDS[kind], whole=True)
        options = {"team": "Engine", "zone": "UTC", "reminder_hour": "18:00", "digest_hour": "09:00", "invite": True}
        owner = tx.scalar(select(User.id).order_by(User.id))
        made = Import(
            workspace_id=workspace, user_id=owner, name="people.csv", size=len(raw), kind=kind,
            encoding=seen.dialect.encoding, delimiter=seen.dialect.delimiter, skipped=seen.dialect.skipped,
            has_header=seen.has_header, columns=seen.columns, mapping=mapping or seen.mapping,
            options=options | said.pop("options", {}),
        )  # fmt: skip
        tx.add(made)
        tx.flush()
        made.keep(tx, io.BytesIO(raw))
        assert made.check(tx, **said)
    jobs.read_import(made.id, 1)
    return made.id


def run(number):
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
        ids = ImportRow.pending(tx, number, 0, 10_000)
    assert jobs.import_row.together(ids) == [None] * len(ids)


def rows(number):
    with transaction() as tx:
        found = select(ImportRow).filter_by(import_id=number).order_by(ImportRow.number)
        return tx.scalars(found).all()


def outcomes(number):
    return [(row.number, row.state, row.reason) for row in rows(number)]


def progress(number):
    with transaction() as tx:
        return Progress.of(tx, number)


def seat(name):
    with transaction() as tx:
        found = select(TeamMember).join(User).where(User.email == people.address(name))
        member = tx.scalar(found)
        return member and (member, member.user, member.team) and member


READERS = """Email,First,Last,Consent source,Consent date,Tags,City,Language
grace@example.com,Grace,Hopper,sign-up form,2024-03-01,"navy; cobol",New York,en-us
hedy@example.com,Hedy,,,1.4.2024,,Vienna,de
wrong@example.com,,,form,3/1/2024,,,
later@example.com,,,form,2999-01-01,,,
GRACE@example.com,,,form,,,,
"""
MAPPING = ["email", "name", "name", "consent", "date", "tags", "attribute", "locale"]


def subscribers(workspace, letters, content=READERS, mapping=MAPPING, **said):
    options = {"publication": letters, "consent": said.pop("consent", "on paper")}
    return uploaded(workspace, content, kind="subscribers", mapping=mapping, options=options, **said)
