"""A draft as it stands: what its latest revision says, in its newsletter's clothes as they are now."""

from sqlalchemy.orm import Session, object_session

from emails.writing.composing import composed
from emails.writing.draft import Draft, Parts
from models.brand import Brand
from models.edition import Edition
from models.publication import Publication
from models.revision import Revision
from models.snippet import Snippet


def letter(publication: Publication, revision: Revision) -> Parts:
    """Raises `Unwritable`."""
    return written(publication, Draft(**revision.written))


def written(publication: Publication, draft: Draft) -> Parts:
    """The letter of a draft of this publication, which is in a session. Raises `Unwritable`."""
    tx = object_session(publication)
    snippets = Snippet.bodies(tx, publication.workspace_id) if tx and "snippets." in "".join(draft) else {}
    return composed(draft, Brand.of(publication.brand), title=publication.name, snippets=snippets)


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
