"""A draft as it stands: what its latest revision says, in its newsletter's clothes as they are now."""

from sqlalchemy.orm import Session

from emails.writing.composing import composed
from emails.writing.draft import Draft, Parts
from models.brand import Brand
from models.edition import Edition, State
from models.publication import Publication
from models.revision import Revision


def letter(publication: Publication, revision: Revision) -> Parts:
    """Raises `Unwritable`."""
    return composed(Draft(**revision.written), Brand.of(publication.brand), title=publication.name)


def settle(tx: Session, edition: Edition) -> None:
    """Before it is published: what goes out is what is written now. An edition made without a revision stays as it is.

    Raises `Unwritable`.
    """
    revision = Revision.latest(tx, edition)
    if edition.state == State.DRAFT and revision.number:
        edition.revise(tx, **letter(edition.publication, revision)._asdict())
