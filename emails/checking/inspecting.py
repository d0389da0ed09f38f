"""A draft looked at before it is sent, once for each letter that it makes."""

from sqlalchemy.orm import Session

from emails import personal
from emails.checking import letters
from emails.writing import drafts
from emails.writing.draft import Parts, Unwritable
from models.brand import Brand
from models.edition import Edition
from models.finding import Finding, Severity
from models.inspection import Inspection
from models.revision import Revision


def inspect(tx: Session, edition: Edition, parts: Parts | None = None) -> Inspection:
    """What is found by reading it; its links are followed by a job. Raises `Unwritable`.

    parts: the letter, where it has been composed already.
    """
    parts, brand = parts or _parts(tx, edition), Brand.of(edition.publication.brand)
    mark = letters.mark(parts, brand)
    return Inspection.of(tx, edition.id, mark) or Inspection.begin(tx, edition, mark, letters.found(parts, brand))


def standing(tx: Session, edition: Edition) -> Inspection | None:
    """What was found in the letter as it is now, if anybody looked, and it makes one."""
    try:
        return Inspection.of(tx, edition.id, letters.mark(_parts(tx, edition), Brand.of(edition.publication.brand)))
    except (Unwritable, personal.Unfillable):
        return None


def serious(tx: Session, edition: Edition) -> list[Finding]:
    """What must be fixed in a draft, as far as is known by now. Raises `Unwritable`."""
    return inspect(tx, edition).having(Severity.SERIOUS) if edition.is_draft else []


def _parts(tx: Session, edition: Edition) -> Parts:
    return drafts.standing(edition, Revision.latest(tx, edition))
