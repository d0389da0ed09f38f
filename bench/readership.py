"""Many subscribers of one publication, and a newsletter of 20 KB for them: rows written by SQL, as in `population`."""

from datetime import UTC, datetime

from sqlalchemy import text

from models.db import transaction
from models.edition import Edition

PUBLICATION = 1
_PARAGRAPH = (
    "<p class='body'>The engine weaves algebraic patterns, {{ name }}, just as the loom weaves flowers and leaves: "
    "what it computes depends on how it is told, and <a href='https://example.com/notes/%d?reader={{ email }}'>each of "
    "these notes</a> tells it a little better than the one before. More of it stands on the web.</p>\n"
)
HTML = (
    "<html><head><style>h1 { font-size: 24px; color: #223 } p.body { font-size: 16px; line-height: 1.5; color: #333 }"
    " a { color: #1f5fbf } @media (max-width: 480px) { p.body { font-size: 18px !important } }</style></head><body>"
    "<h1>Notes for {{ name }}</h1>\n"
    + "".join(_PARAGRAPH % number for number in range(44))
    + "<p class='body'><a href='{{ unsubscribe_link }}'>Unsubscribe</a></p></body></html>"
)
TEXT = (
    "Notes for {{ name }}\n\n" + "The engine weaves algebraic patterns. " * 40 + "\n\nLeave: {{ unsubscribe_link }}\n"
)


def address(number: int) -> str:
    return f"reader{number}@readers.example"


def audience(n: int) -> set[str]:
    return {address(number) for number in range(1, n + 1)}


def subscribe(n: int, base_url: str) -> int:
    """`n` active subscribers; returns the id of an edition that waits to be published to them."""
    with transaction() as tx:
        for statement in _STATEMENTS:
            tx.execute(statement, {"n": n, "base_url": base_url, "now": datetime.now(UTC)})
        edition = Edition(workspace_id=1, publication_id=PUBLICATION, subject="Note G", html=HTML, text=TEXT)
        tx.add(edition)
        tx.flush()
        number = edition.id
    with transaction() as tx:
        tx.execute(text("analyze"))
    return number


def another(edition_id: int) -> int:
    """The id of one more like it, for the same readers."""
    with transaction() as tx:
        first = tx.get_one(Edition, edition_id)
        words = {"subject": first.subject, "html": first.html, "text": first.text}
        edition = Edition(workspace_id=first.workspace_id, publication_id=first.publication_id, **words)
        tx.add(edition)
        tx.flush()
        return edition.id


def settled(edition_id: int) -> int:
    """How many of its copies are neither waiting, nor on their way, nor in doubt."""
    with transaction() as tx:
        return int(tx.scalar(_SETTLED, {"edition": edition_id}) or 0)


_SETTLED = text("""
    select count(*) from deliveries
    where kind = 'edition' and source_id = :edition and state not in ('queued', 'sending', 'unknown')
""")
_STATEMENTS = [
    text("set local statement_timeout = '10min'"),
    text("insert into workspaces (name, base_url, created_at) values ('Readers', :base_url, :now)"),
    text("""
        insert into publications (workspace_id, name, tracks, paused_because, created_at)
        values (1, 'Notes', true, '', :now)
    """),
    text("""
        insert into contacts (id, workspace_id, email, name, locale, zone, attributes, created_at)
        select i, 1, 'reader' || i || '@readers.example', 'Reader ' || i, 'en', 'UTC', '{}', :now
        from generate_series(1, :n) i
    """),
    text("""
        insert into subscriptions (workspace_id, publication_id, contact_id, state, consent, created_at)
        select 1, 1, i, 'active', 'made for a benchmark', :now from generate_series(1, :n) i
    """),
]
