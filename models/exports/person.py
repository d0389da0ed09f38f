"""Everything that is known of somebody who has an account: for the file that they may ask for (GDPR, article 15)."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.exports.export import Export
from models.exports.source import Line

COLUMNS = ("what", "when", "where", "says")


class Person:
    """`about` is `{"person": their number}`. In all workspaces: it is theirs."""

    word = "person"

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(_COUNT, {"user": export.about["person"]}) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return COLUMNS

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        rank, number = export.after or (0, 0)
        about = {"user": export.about["person"], "rank": rank, "id": number, "most": most}
        return [Line([row.rank, row.id], [row.what, row.at, row.place, row.says]) for row in tx.execute(_PAGE, about)]


_ALL = """
    select 1 as rank, id, 'profile' as what, created_at as at, email as place, concat_ws(', ', name, zone) as says
    from users where id = :user
    union all
    select 2, id, 'address', created_at, email, case when confirmed_at is null then 'not confirmed' else '' end
    from user_addresses where user_id = :user
    union all
    select 3, m.id, 'role', m.created_at, w.name, m.role
    from memberships m join workspaces w on w.id = m.workspace_id where m.user_id = :user
    union all
    select 4, m.id, 'seat', m.created_at, t.name, concat_ws(', ', m.zone, m.reminder_hour, m.digest_hour)
    from team_members m join teams t on t.id = m.team_id where m.user_id = :user
    union all
    select 5, e.id, e.kind, e.created_at, t.name, e.body
    from entries e join teams t on t.id = e.team_id where e.user_id = :user
    union all
    select 6, c.id, 'comment', c.created_at, t.name, c.body
    from comments c join teams t on t.id = c.team_id where c.author_id = :user
    union all
    select 7, id, 'session', created_at, address, agent from sign_ins where user_id = :user
    union all
    select 8, id, 'audit log', created_at, address, concat_ws(' ', act, noun, words)
    from audit_events where user_id = :user
"""
_COUNT = text(f"select count(*) from ({_ALL}) theirs")  # noqa: S608  (a constant)
_PAGE = text(f"""
    select * from ({_ALL}) theirs where (rank, id) > (:rank, :id) order by rank, id limit :most
""")  # noqa: S608  (a constant)
