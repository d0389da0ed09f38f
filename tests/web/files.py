"""Files of a house: one that was imported, those that were made of its rows, a picture."""

import io
from typing import Any

from sqlalchemy import select

from models.exports.export import Export, State
from models.image import Image
from models.imports.file import Import
from models.imports.row import ImportRow
from models.imports.work import expect
from models.workspace import Workspace


def imported(tx: Any, workspace: Workspace, user: int, secret: str) -> tuple[int, int]:
    """A file of one row that has been checked."""
    content = f"mail,name\nsomebody@example.com,{secret}\n".encode()
    options = {"team": "X", "zone": "UTC", "reminder_hour": "18:00", "digest_hour": "09:00", "invite": True}
    made = Import(
        workspace_id=workspace.id, user_id=user, name=f"{secret}.csv", size=len(content), kind="team_members",
        encoding="utf-8", delimiter=",", columns=["mail", "name"], mapping=["email", "name"], options=options,
        state="checked",
    )  # fmt: skip
    tx.add(made)
    tx.flush()
    made.keep(tx, io.BytesIO(content))
    ImportRow.store(tx, workspace.id, made.id, expect(tx, made, [(2, ["somebody@example.com", secret])]))
    return made.id, tx.scalar(select(ImportRow.id).filter_by(import_id=made.id))


def exported(tx: Any, workspace: int, source: str, about: dict[str, Any]) -> int:
    """A file that has been made of it."""
    asked = {"source": source, "about": about, "form": "csv", "name": "people"}
    export = Export.ask(tx, {"workspace_id": workspace, **asked})
    export.keep(tx, b"mail\nsomebody@example.com\n")
    export.end(State.MADE)
    return export.id


def picture(tx: Any, workspace: int, secret: str) -> tuple[int, str]:
    about = {"name": "loom.gif", "alt": secret, "kind": "image/gif", "ending": "gif", "width": 1, "height": 1}
    image = Image.keep(tx, workspace, f"GIF89a{workspace}".encode(), **about)
    return image.id, image.file
