"""What is somebody's, table by table, for the archive that they take away.

Each statement knows `:user`, their `:addresses`, the `:places` (workspaces) that may have written to them, and gives
rows behind `:after`, at `:most`, by their `id`, which is not told itself.
"""

from typing import NamedTuple

from sqlalchemy import TextClause, text


class Table(NamedTuple):
    name: str  # of its files
    meaning: str
    rows: TextClause
    most: int = 1_000  # rows of a page: what may be long comes by the few


def _of(name: str, meaning: str, columns: str, source: str, most: int = 1_000) -> Table:
    """`source` has its alias `t`, and ends in a condition."""
    rows = f"select t.id, {columns} from {source} and t.id > :after order by t.id limit :most"  # noqa: S608  (constants)
    return Table(name, meaning, text(rows), most)


TABLES = (
    _of(
        "profile", "who you are here",
        "t.email, t.name, t.zone, t.created_at, p.changed_at as password_set, f.confirmed_at as codes_since",
        "users t left join passwords p on p.user_id = t.id left join second_factors f on f.user_id = t.id"
        " where t.id = :user",
    ),
    _of(
        "addresses", "your other addresses",
        "t.email, t.created_at, t.confirmed_at", "user_addresses t where t.user_id = :user",
    ),
    _of(
        "roles", "your workspaces, your role in each, and how soon you want to be told",
        "w.name as workspace, t.role, t.notices, t.created_at",
        "memberships t join workspaces w on w.id = t.workspace_id where t.user_id = :user",
    ),
    _of(
        "seats", "your teams, and when each asks you",
        "w.name as workspace, m.name as team, t.zone, t.reminder_hour, t.digest_hour, t.working_days, t.receipts,"
        " t.paused_at, t.away_until, t.away_because, t.left_at, t.created_at",
        "team_members t join teams m on m.id = t.team_id join workspaces w on w.id = t.workspace_id"
        " where t.user_id = :user",
    ),
    _of(
        "questions", "when you were asked, and when you answered",
        "m.name as team, t.local_date as day, t.asked_at, t.answered_at",
        "prompts t join team_members s on s.id = t.team_member_id join teams m on m.id = s.team_id"
        " where s.user_id = :user",
    ),
    _of(
        "entries", "what you said: done, goals and blockers, those that you deleted among them",
        "m.name as team, t.local_date as day, t.kind, t.body, t.outcome, t.closed_on, t.created_at, t.edited_at,"
        " t.moved_at, t.deleted_at",
        "entries t join teams m on m.id = t.team_id where t.user_id = :user",
    ),
    _of(
        "comments", "what you said about what others said",
        "m.name as team, t.local_date as day, t.kind, u.name as to_whom, t.body, t.created_at, t.deleted_at",
        "comments t join teams m on m.id = t.team_id left join users u on u.id = t.to_user_id"
        " where t.author_id = :user",
    ),
    _of(
        "notices", "what you were told of, or will be",
        "coalesce(a.name, b.name) as who, coalesce(c.body, e.body) as said, t.due_at,"
        " t.leader_id is not null as was_mailed, t.created_at",
        "notices t left join comments c on c.id = t.comment_id left join users a on a.id = c.author_id"
        " left join entries e on e.id = t.entry_id left join users b on b.id = e.user_id"
        " where t.user_id = :user and coalesce(c.deleted_at, e.deleted_at) is null",
    ),
    _of(
        "sign-ins", "links that were mailed to you, and sessions",
        "t.manner, t.address, t.agent, t.created_at, t.used_at, t.seen_at, t.ended_at",
        "sign_ins t where t.user_id = :user",
    ),
    _of(
        "acts", "what the audit log says of you",
        "w.name as workspace, t.act, t.noun, t.words, t.by_key, t.address, t.created_at",
        "audit_events t join workspaces w on w.id = t.workspace_id where t.user_id = :user",
    ),
    _of(
        "contacts", "how workspaces know you as a reader",
        "w.name as workspace, t.email, t.name, t.locale, t.zone, t.attributes, t.tags, t.created_at",
        "workspaces w join contacts t on t.workspace_id = w.id where t.email = any(:addresses)",
    ),
    _of(
        "subscriptions", "newsletters that you read, or have read",
        "p.name as newsletter, c.email, t.state, t.consent, t.consented_at, t.source, t.left_at, t.paused_until,"
        " t.created_at",
        "workspaces w join contacts c on c.workspace_id = w.id join subscriptions t on t.contact_id = c.id"
        " join publications p on p.id = t.publication_id where c.email = any(:addresses)",
    ),
    _of(
        "subscription-history", "how that came about",
        "p.name as newsletter, c.email, t.at, t.before, t.after, t.how, t.by, t.words, t.ip",
        "workspaces w join contacts c on c.workspace_id = w.id join subscriptions s on s.contact_id = c.id"
        " join publications p on p.id = s.publication_id join subscription_changes t on t.subscription_id = s.id"
        " where c.email = any(:addresses)",
    ),
    _of(
        "opens-and-clicks", "what you did with editions, where a newsletter tracks that",
        "t.subject, t.what, l.address as link, t.by, t.client, t.country, t.first_at, t.last_at",
        "(select r.*, e.subject, row_number() over (order by r.delivery_id, r.what, r.link_id) as id"
        " from workspaces w join contacts c on c.workspace_id = w.id join editions e on e.workspace_id = w.id"
        " join traces r on r.edition_id = e.id and r.contact_id = c.id where c.email = any(:addresses)) t"
        " left join links l on l.id = t.link_id where true",
    ),
    _of(
        "suppressions", "addresses of yours to which nothing is sent, and why",
        "w.name as workspace, t.email, t.stream, t.reason, t.origin, t.created_at, t.lifted_at, t.lifted_because",
        "workspaces w join suppressions t on t.workspace_id = w.id where t.email = any(:addresses)",
    ),
    _of(
        "deliveries", "mails to you",
        "w.name as workspace, t.kind, t.recipient, t.state, t.reason, t.provider_id, t.created_at, t.sent_at,"
        " t.settled_at",
        "deliveries t join workspaces w on w.id = t.workspace_id"
        " where t.workspace_id = any(:places) and t.recipient = any(:addresses)",
    ),
    _of(
        "mails", "mails from you, and what was understood of them",
        "w.name as workspace, t.received_at, t.sender, t.subject, t.kind, t.state, t.reason, t.text",
        "inbound_emails t join workspaces w on w.id = t.workspace_id"
        " where t.workspace_id = any(:places) and t.sender = any(:addresses)",
        most=40,
    ),
)  # fmt: skip
