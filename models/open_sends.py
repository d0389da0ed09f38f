"""Editions on their way, of all workspaces, as those see them who run the installation: never what they say."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.edition import Edition, State
from models.progress import Progress
from models.publication import Publication
from models.workspace import Workspace

MOST = 50
OPEN = (State.ADDRESSING, State.SENDING, State.PAUSED)


class OpenSend(NamedTuple):
    id: int  # the edition's
    publication: str
    workspace: str
    progress: Progress

    @classmethod
    def all(cls, tx: Session) -> list["OpenSend"]:
        """The latest first."""
        names = Publication.name.label("publication"), Workspace.name.label("workspace")
        joined = (
            select(Edition.id, *names)
            .where(Edition.state.in_(OPEN))
            .join(Publication, Publication.id == Edition.publication_id)
        )
        rows = joined.join(Workspace, Workspace.id == Edition.workspace_id).order_by(Edition.id.desc()).limit(MOST)
        found = tx.execute(rows).all()
        progress = Progress.of_each(tx, [row.id for row in found])
        return [cls(row.id, row.publication, row.workspace, progress[row.id]) for row in found]
