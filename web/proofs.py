"""How an edition will look, as if to the person who asks."""

import logging
from typing import NamedTuple

from flask import Response
from lxml import html
from sqlalchemy.orm import Session

from emails.edition import Copy
from emails.edition import edition as composed
from emails.letter import Letter
from emails.writing import drafts
from emails.writing.draft import Parts
from models.edition import Edition
from models.publication import Publication
from models.revision import Revision
from web import headers
from web.visitor import visitor

log = logging.getLogger(__name__)


class Proof(NamedTuple):
    letter: Letter | None
    problem: str = ""


def proof(tx: Session, edition: Edition) -> Proof:
    """Whatever an edition says, asking how it looks never fails."""
    try:
        parts = drafts.standing(edition, Revision.latest(tx, edition))
        return Proof(as_sent(edition.publication, parts, edition.id))
    except Exception as problem:  # what reads HTML and stylesheets raises whatever it likes about them
        log.info("edition %s cannot be composed", edition.id, exc_info=True)
        return Proof(None, f"{type(problem).__name__}: {problem}")


def as_sent(publication: Publication, parts: Parts, number: int = 0) -> Letter:
    """The copy that the visitor would get."""
    edition = Edition(id=number, publication=publication, **parts._asdict())
    return composed(Copy(edition, 0, visitor.user.display_name, visitor.user.email))


def looked_at(mail: str, number: int) -> str:
    """With `here` for the id of that piece of what somebody wrote, from the second on: a frame shows it."""
    page = html.document_fromstring(mail)
    pieces = page.xpath("//td[@class='inside']/*[not(@class='masthead')]")[: max(number, 0)]
    if len(pieces) > 1:
        pieces[-1].set("id", "here")
    return html.tostring(page, encoding="unicode", doctype="<!doctype html>")


def framed(mail: str) -> Response:
    """A mail's own HTML, for a frame in which nothing of it can act."""
    return Response(mail, content_type="text/html", headers={"Content-Security-Policy": headers.MAIL})
