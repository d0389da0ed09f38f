"""A draft as it stands: what its latest revision says, in its newsletter's clothes as they are now."""

from sqlalchemy.orm import Session

from emails.writing.composing import composed
from emails.writing.draft import Draft, Parts
from models.brand import Brand
from models.edition import Edition
from models.publication import Publication
from models.revision import Revision


def letter(publication: Publication, revision: Revision) -> Parts:
    """Raises `Unwritable`."""
    return composed(Draft(**revision.written), Brand.of(publication.brand), title=publication.name)


def settle(tx: Session, edition: Edition) -> None:
    """Before it is published: what goes out is what is written now. An edition made without a revision stays as it is.

    Raises `Unwritable`.
    """
    tx.refresh(edition, ["state"], with_for_update=True)  # nobody saves another revision meanwhile
    if edition.is_draft:
        edition.revise(tx, **standing(edition, Revision.latest(tx, edition))._asdict())


def standing(edition: Edition, latest: Revision) -> Parts:
    """What it says now: a draft what its latest revision makes of it, others what went out. Raises `Unwritable`."""
    if edition.is_draft and latest.number:
        return letter(edition.publication, latest)
    return Parts(edition.subject, edition.html, edition.text)
