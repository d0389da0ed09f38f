"""What readers see of past editions, whichever way they come."""

from typing import NamedTuple

from flask import Response, abort, request
from sqlalchemy.orm import Session

from emails.article import Article, article
from models import archive
from models.archive import Readers
from models.edition import Edition
from models.publication import Publication
from web import headers
from web.fields import one_line


class Shelved(NamedTuple):
    """An edition in a list. Of one that is not open to whoever asks, only the title is told."""

    edition: Edition
    article: Article
    is_open: bool


class Shelf(NamedTuple):
    """A page of them."""

    words: str  # that were searched for
    is_first: bool
    older: int | None  # `before=` of the next page
    rows: list[Shelved]


def shelf(tx: Session, publication: Publication, *, subscribes: bool = False) -> Shelf:
    """Newest first, as the address asks: `?q=` and `?before=`.

    Whoever does not subscribe finds by their words only what they may read.
    """
    words, before = one_line(request.args.get("q"))[: archive.LONGEST], _before()
    narrowed = [Readers.EVERYBODY] if words and not subscribes else []
    found = archive.listed(tx, publication, words=words, before=before, shown_to=narrowed)
    page = found[: archive.PAGE]
    rows = [Shelved(each, written(each), subscribes or _is_open(publication, each)) for each in page]
    return Shelf(words, not before, page[-1].id if len(found) > len(page) else None, rows)


def shown(tx: Session, publication: Publication, edition_id: int) -> Edition:
    """One of the publication's that has gone out, or 404."""
    edition = Edition.of(tx, publication.workspace_id, edition_id)
    if edition is None or edition.publication_id != publication.id or not archive.has_gone_out(edition):
        abort(404)
    return edition


def written(edition: Edition) -> Article:
    return article(edition.subject, edition.html)


def page(content: str, kept: str, kind: str = "text/html") -> Response:
    """With pictures from where the author has them.

    kept: its `Cache-Control`; whoever has it already is told that it is the same.
    """
    about = {"Cache-Control": kept, "Content-Security-Policy": headers.READING}
    response = Response(content, content_type=f"{kind}; charset=utf-8", headers=about)
    response.add_etag()
    response.make_conditional(request)
    return response


def _is_open(publication: Publication, edition: Edition) -> bool:
    return archive.readers(publication, edition) == Readers.EVERYBODY


def _before() -> int:
    wanted = request.args.get("before", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
