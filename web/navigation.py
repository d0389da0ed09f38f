"""Where everything is: the menu's places in their groups, whose they are, and which pages belong to each.

Every page behind a sign-in belongs to one place, which the menu marks while the page is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, request

from web.visitor import Visitor


@dataclass(frozen=True)
class Place:
    label: str
    endpoint: str  # where it leads
    nouns: tuple[str, ...] = ()  # the other blueprints whose pages are part of it
    who: str = ""  # what a visitor must be allowed: a property of `Visitor`; empty is for everybody

    @property
    def noun(self) -> str:
        """The blueprint it leads to, which is the name of its sign in `icons.svg` as well."""
        return self.endpoint.partition(".")[0]

    @property
    def is_here(self) -> bool:
        return request.blueprint in (self.noun, *self.nouns)

    def is_for(self, visitor: Visitor) -> bool:
        return not self.who or bool(getattr(visitor, self.who))


@dataclass(frozen=True)
class Group:
    label: str
    places: tuple[Place, ...]


TEAM = ("comments", "entries", "invitations", "months", "reroutings", "team_members", "yearbooks")
EDITION = (
    "audiences",
    "drafts",
    "insertions",
    "inspections",
    "results",
    "revisions",
    "schedules",
    "sendings",
    "trials",
)
NEWSLETTER = ("archive_settings", "brands", "editions", "sign_up_pages", "tracking")
ACCOUNT = ("own_addresses", "own_data", "passwords", "second_factors", "sessions")
READERS = ("subscribers", "subscriptions")

MENU = (
    Group(
        "Status",
        (
            Place("Home", "home.show", ("arrivals", "firsts", "starts")),
            Place("Today", "today.show", ("answers",)),
            Place("Teams", "teams.index", TEAM),
            Place("Search", "searches.index"),
        ),
    ),
    Group(
        "Newsletters",
        (
            Place("Newsletters", "publications.index", (*NEWSLETTER, *EDITION, *READERS), who="edits"),
            Place("Segments", "segments.index", who="edits"),
            Place("Snippets", "snippets.index", who="edits"),
            Place("Pictures", "images.index", ("thumbnails",), who="edits"),
            Place("Replies", "letters.index", who="edits"),
        ),
    ),
    Group(
        "People",
        (
            Place("Contacts", "contacts.index", ("bulk_changes",), who="edits"),
            Place("Lists", "lists.index", ("exports", "list_changes", "list_members", "verifications"), who="edits"),
            Place("Imports", "imports.index", ("import_rows", "import_runs", "import_undoings"), who="manages"),
        ),
    ),
    Group(
        "Mail",
        (
            Place("Deliveries", "deliveries.index", who="manages"),
            Place("Inbound", "inbound_emails.index", ("attachments", "inbound_trials"), who="manages"),
            Place("Suppressions", "suppressions.index", who="manages"),
        ),
    ),
    Group(
        "Operations",
        (
            Place("Overview", "operations.show", ("sends",), who="operates"),
            Place("Queues", "queues.index", ("failed_jobs", "streams"), who="operates"),
            Place("Failures", "failures.index", who="operates"),
            Place("Doctor", "doctor.show", who="operates"),
        ),
    ),
    Group(
        "Settings",
        (
            Place("Your account", "profile.edit", ACCOUNT),
            Place("Workspace", "workspaces.edit", who="manages"),
            Place("People", "people.index", who="manages"),
            Place("Audit log", "audits.index", who="manages"),
            Place("Notices", "notices.edit"),
            Place("API keys", "api_keys.index", who="manages"),
        ),
    ),
)


def attach(app: Flask) -> None:
    app.add_template_global(menu)


def menu(visitor: Visitor) -> Sequence[tuple[str, Sequence[Place]]]:
    """`[(group, places)]` of what this visitor may open."""
    open_to = ((group.label, [place for place in group.places if place.is_for(visitor)]) for group in MENU)
    return [(label, places) for label, places in open_to if places]
