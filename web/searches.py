"""Search over everything that the visitor may see, while they type; found from the moment it is saved."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import searching
from models.db import transaction
from models.searching import OPEN, SHUT, Hit
from models.team import Team
from models.team_member import TeamMember
from models.word_forms import question
from web.fields import one_line
from web.visitor import everybody, visitor

page = Blueprint("searches", __name__)

LANGUAGES = 3  # at most, in whose forms words are looked for
FEW, MANY = 6, 50  # of each kind; of one that was chosen
HEADINGS = {
    "people": "People",
    "teams": "Teams",
    "entries": "What was said",
    "comments": "Comments",
    "contacts": "Contacts",
    "publications": "Newsletters",
    "editions": "Editions",
    "segments": "Segments",
    "lists": "Lists",
    "snippets": "Snippets",
}
OF_EVERYBODY = ("people", "teams", "entries", "comments")
SPOKEN = ("entries", "comments")
NAMED = ("people", "teams", "publications", "editions", "segments", "lists", "snippets")


class Found(NamedTuple):
    """One line of the page."""

    link: str
    title: Markup
    text: Markup
    about: str = ""


class Group(NamedTuple):
    """What was found of one kind; `has_more` when there is more than is shown."""

    kind: str
    heading: str
    lines: list[Found]
    has_more: bool


@page.get("/search")
@everybody
def index() -> str:
    """`q` is what is looked for; `kind` shows more of one kind."""
    asked = one_line(request.args.get("q", ""))[: searching.LONGEST]
    kind = request.args.get("kind", "")
    kinds = [kind] if kind in _kinds() else _kinds()
    groups: list[Group] = []
    if len(asked) >= searching.SHORTEST:
        limit = MANY if kind in kinds else FEW
        with transaction() as tx:
            hits = _hits(tx, asked, kinds, limit + 1)
        groups = [_group(each, asked, found, limit) for each, found in hits if found]
    return render_template("searches/index.html", asked=asked, groups=groups, kind=kind, shortest=searching.SHORTEST)


def _kinds() -> list[str]:
    return [kind for kind in HEADINGS if visitor.edits or kind in OF_EVERYBODY]


def _hits(tx: Session, asked: str, kinds: Sequence[str], limit: int) -> list[tuple[str, list[Hit]]]:
    here, teams = visitor.workspace.id, _teams(tx)
    words = question(tx, asked, _languages())
    spoken = [kind for kind in SPOKEN if kind in kinds and words[0]]
    found = {kind: searching.said(tx, kind, words, here, teams, limit) for kind in spoken}
    if "contacts" in kinds:
        found["contacts"] = searching.contacts(tx, asked, here, limit)
    called = [kind for kind in NAMED if kind in kinds]
    for hit in searching.names(tx, asked, here, called, teams, limit) if called else ():
        found.setdefault(hit.kind, []).append(hit)
    return [(kind, found.get(kind, [])) for kind in kinds]


def _languages() -> list[str]:
    """The browser's, as ISO 639 has them; of one that does not say, English."""
    return [value.partition("-")[0].lower() for value in request.accept_languages.values()][:LANGUAGES] or ["en"]


def _teams(tx: Session) -> Sequence[int]:
    """Those that the visitor may read."""
    teams = select(Team.id).filter_by(workspace_id=visitor.workspace.id)
    mine = (TeamMember.user_id == visitor.user.id) & TeamMember.left_at.is_(None)
    return tx.scalars(teams if visitor.manages else teams.where(Team.members.any(mine))).all()


def _group(kind: str, asked: str, hits: Sequence[Hit], limit: int) -> Group:
    return Group(kind, HEADINGS[kind], [_LINES[kind](hit, asked) for hit in hits[:limit]], len(hits) > limit)


def _said(hit: Hit, asked: str) -> Found:
    row = hit.row
    place = f"{'entry' if hit.kind == 'entries' else 'comment'}-{hit.id}"
    link = url_for("teams.show", team_id=row.team_id, day=row.day.isoformat(), _anchor=place)
    kind = "" if row.kind in ("done", "comment") else f"{row.kind} · "
    return Found(link, escape(hit.title), marked(hit.text), f"{kind}{row.team}, {row.day:%-d %b %Y}")


def _called(endpoint: str, argument: str) -> Callable[[Hit, str], Found]:
    def line(hit: Hit, asked: str) -> Found:
        number: dict[str, Any] = {argument: hit.id}
        link = url_for(endpoint, **number)
        return Found(link, marked(pointed(hit.title, asked)), marked(pointed(hit.text[:200], asked)))

    return line


def marked(text: str) -> Markup:
    """What the database put marks around, as HTML in which nothing else is."""
    return Markup(escape(text).replace(OPEN, Markup("<mark>")).replace(SHUT, Markup("</mark>")))  # noqa: S704


def pointed(text: str, asked: str) -> str:
    """The same marks around what was looked for, in a name or an address."""
    plain = text.replace(OPEN, "").replace(SHUT, "")
    return re.sub(re.escape(asked), lambda found: f"{OPEN}{found[0]}{SHUT}", plain, flags=re.IGNORECASE)


_LINES: dict[str, Callable[[Hit, str], Found]] = {
    "entries": _said,
    "comments": _said,
    "people": _called("yearbooks.show", "member_id"),
    "teams": _called("teams.show", "team_id"),
    "contacts": _called("contacts.show", "contact_id"),
    "publications": _called("publications.show", "publication_id"),
    "editions": _called("editions.show", "edition_id"),
    "segments": _called("segments.show", "segment_id"),
    "lists": _called("lists.show", "list_id"),
    "snippets": _called("snippets.edit", "snippet_id"),
}
