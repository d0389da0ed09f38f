"""Search as people type: what was said, by words and ranked; addresses and names, by what they hold."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

LONGEST = 200  # characters of a question
SHORTEST = 2  # with fewer, everything would be found
CANDIDATES = 500  # the newest that match, of which the best are shown
WINDOW = 50_000  # of the newest rows: a word that is not in 500 of them is rare, and the index tells all that have it
LESS = "\x01"  # stands for `<` in headlines, which leave out what looks like a tag
OPEN, SHUT = "\ue000", "\ue001"  # around what was found; of a private area, and taken out of the texts


class Hit(NamedTuple):
    """Something found: `title` and `text` with `OPEN` and `SHUT` around the words, where the database knows them."""

    kind: str
    id: int
    title: str
    text: str
    row: Any = None


def said(
    tx: Session, table: str, words: tuple[str, str], workspace_id: int, teams: Sequence[int], limit: int
) -> list[Hit]:
    """Entries or comments of these teams, the best first; of equals, the newest. `words` are a `question`."""
    exact, wide = map(_unfinished, words)
    values = {"exact": exact, "mine": wide, "all": f"({wide}) & 'house {workspace_id}'"}
    rows = tx.execute(
        _SAID[table], values | {"teams": list(teams), "limit": limit, "most": CANDIDATES, "window": WINDOW}
    )
    return [Hit(table, row.id, row.name, row.headline.replace(LESS, "<"), row) for row in rows]


def contacts(tx: Session, asked: str, workspace_id: int, limit: int) -> list[Hit]:
    """Whose address begins so, then whose name or address has it in it."""
    plain = asked.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"workspace": workspace_id, "begins": f"{plain}%", "holds": f"%{plain}%", "limit": limit}
    rows = list(tx.execute(_BEGINS, values))
    if len(rows) < limit and len(asked) > SHORTEST:
        known = {row.id for row in rows}
        rows += [row for row in tx.execute(_HOLDS, values) if row.id not in known]
    return [Hit("contacts", row.id, row.email, row.name, row) for row in rows[:limit]]


def names(
    tx: Session, asked: str, workspace_id: int, kinds: Sequence[str], teams: Sequence[int], limit: int
) -> list[Hit]:
    """What is called so, of these kinds: teams and people by what the visitor may read, the others by workspace."""
    plain = asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"workspace": workspace_id, "holds": f"%{plain}%", "teams": list(teams), "limit": limit}
    whole = text(" union all ".join(f"({_NAMES[kind]} limit :limit)" for kind in kinds))
    return [Hit(row.kind, row.id, row.title, row.more) for row in tx.execute(whole, values)]


def _unfinished(words: str) -> str:
    """The last word may go on: `'note' & 'g':*`."""
    return f"{words}:*" if words.endswith("'") else words


_FITS = "words @@ cast(:all as tsquery) and deleted_at is null and team_id = any(:teams)"


def _said(table: str, author: str, day: str) -> Any:
    """Common words are found among the newest rows, others by the index: `id + 0` keeps it from being passed over."""
    return text(f"""
        with recent as materialized (
            select id from {table}
            where id > (select max(id) from {table}) - :window and {_FITS}
            order by id desc limit :most),
        rare as (
            select id from {table}
            where (select count(*) from recent) < :most and {_FITS}
            order by id + 0 desc limit :most),
        found as (select id from recent union select id from rare),
        best as (
            select e.*,
                   ts_rank_cd(e.words, cast(:mine as tsquery)) + ts_rank_cd(e.words, cast(:exact as tsquery)) as rank
            from {table} e join found using (id)
            order by rank desc, local_date desc, id desc limit :limit)
        select b.id, b.kind, b.team_id, b.local_date as day, t.name as team,
               coalesce(nullif(u.name, ''), split_part(u.email, '@', 1)) as name,
               ts_headline('simple', translate(b.body, '<{OPEN}{SHUT}{LESS}', '{LESS}'), cast(:mine as tsquery),
                           'StartSel={OPEN}, StopSel={SHUT}, MaxWords=40, MinWords=20') as headline
        from best b join users u on u.id = b.{author} join teams t on t.id = b.team_id
        order by b.rank desc, b.local_date desc, b.id desc
    """)  # noqa: S608  (tables and columns are ours)


_SAID = {"entries": _said("entries", "user_id", "local_date"), "comments": _said("comments", "author_id", "local_date")}

_BEGINS = text("""
    select id, email, name from contacts where workspace_id = :workspace and email like :begins limit :limit
""")
_HOLDS = text("""
    select id, email, name from contacts
    where workspace_id = :workspace and (email || ' ' || name) ilike :holds limit 2 * :limit
""")

_PLAIN = (
    "select '{kind}' as kind, id, {title} as title, {more} as more from {kind} where workspace_id = :workspace and "
)
_NAMES = {
    "teams": _PLAIN.format(kind="teams", title="name", more="''") + "id = any(:teams) and name ilike :holds",
    "people": """
        select 'people' as kind, min(m.id) as id,
               coalesce(nullif(u.name, ''), split_part(u.email, '@', 1)) as title, u.email as more
        from team_members m join users u on u.id = m.user_id
        where m.workspace_id = :workspace and m.team_id = any(:teams) and (u.name || ' ' || u.email) ilike :holds
        group by u.id
    """,
    "publications": _PLAIN.format(kind="publications", title="name", more="''") + "name ilike :holds",
    "editions": _PLAIN.format(kind="editions", title="subject", more="state") + "subject ilike :holds order by id desc",
    "segments": _PLAIN.format(kind="segments", title="name", more="query") + "name ilike :holds",
    "lists": _PLAIN.format(kind="lists", title="name", more="note") + "name ilike :holds and deleted_at is null",
    "snippets": _PLAIN.format(kind="snippets", title="name", more="body") + "(name ilike :holds or body ilike :holds)",
}
