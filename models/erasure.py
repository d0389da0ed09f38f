"""A person who had everything about them erased (GDPR, article 17), and who must not be mailed again.

Their address becomes a made-up one wherever it stood, so that all sums stay as they were; what they said and were
called is blank. Files that were made of rows go as a whole, since each can be made again. A salted hash of the address
stays: where it comes back, a trigger on `contacts` (the migration that made this table) suppresses it. The address
itself is in the erasure only until the job is done with the big tables.
"""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Index, UniqueConstraint, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session

from config import settings
from models import clock
from models.contact import Contact
from models.db import Base
from models.exports.export import Export
from models.inbound_email import InboundEmail
from models.incineration import incinerate_now
from models.last_heard import LastHeard
from models.subscription import Subscription
from models.subscription_change import Change
from models.suppression import Suppression
from models.types import CreatedAt, Id, Words, WorkspaceId
from models.verifying.verification import Verification

PAGE = 20_000  # rows looked at in one transaction
MAILS = 200  # blanked in one transaction
OF_ACCOUNT = ""  # as a stream: of whoever deleted their account


class Erasure(Base):
    __tablename__ = "erasures"
    __table_args__ = (
        UniqueConstraint("workspace_id", "hash", "stream"),
        Index("ix_erasures_open", "id", postgresql_where="email <> ''"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    stream: Mapped[Words]
    salt: Mapped[Words]  # one for a workspace
    hash: Mapped[Words]
    email: Mapped[Words]  # blank once it is done
    alias: Mapped[Words]
    by: Mapped[Words]
    created_at: Mapped[CreatedAt]

    @classmethod
    def begin(cls, tx: Session, contact: Contact, change: Change) -> list[int]:
        """Erases what is small at once; the erasures that `finish` is to carry to the big tables."""
        email, alias = contact.email, f"{secrets.token_hex(8)}@erased.invalid"
        ids = cls._remember(tx, contact.workspace_id, email, alias, change.by)
        for each in tx.scalars(select(Subscription).filter_by(contact_id=contact.id)):
            each.leave(tx, change)
            each.consent, each.source, each.changed_words, each.changed_ip = "", "", "", ""
            each.changed_by = change.by
        for heard in (Suppression, LastHeard):
            tx.execute(delete(heard).filter_by(workspace_id=contact.workspace_id, email=email))
        tx.execute(delete(Verification).filter_by(workspace_id=contact.workspace_id, address=email))
        _forget_mails(tx, contact.workspace_id, email, alias)
        about = {"workspace": contact.workspace_id, "email": email, "alias": alias}
        for table in (_REJECTIONS, _FORWARDINGS):
            tx.execute(table, about)
        for table in (_HISTORY, _ASKS, _UNDOINGS):
            tx.execute(table, {"contact": contact.id})
        contact.email, contact.name, contact.tags, contact.note, contact.attributes = alias, "", [], "", {}
        return ids

    @classmethod
    def of_account(cls, tx: Session, workspace_id: int, email: str, alias: str) -> int:
        """Of the mails to and from somebody who had an account, by a job. What they read as a subscriber stays, and
        nothing is suppressed: its hash is of nothing."""
        about = {"workspace": workspace_id, "email": email, "alias": alias}
        for table in (_REJECTIONS, _FORWARDINGS):
            tx.execute(table, about)
        known = {"salt": cls._salt(tx, workspace_id), "hash": secrets.token_hex(32), "by": ""}
        erasure = cls(workspace_id=workspace_id, stream=OF_ACCOUNT, email=email, alias=alias, **known)
        tx.add(erasure)
        tx.flush()
        return erasure.id

    @classmethod
    def open(cls, tx: Session) -> list[int]:
        """Those that are not finished."""
        return list(tx.scalars(select(cls.id).where(cls.email != "").order_by(cls.id)))

    def page(self, tx: Session, table: str, after: int) -> int | None:
        """Erases it from a page of deliveries or import rows; the last row of the page, or None behind the end."""
        about = {"workspace": self.workspace_id, "email": self.email, "alias": self.alias, "page": PAGE}
        about["account"] = self.stream == OF_ACCOUNT
        return tx.scalar(_PAGES[table], {**about, "after": after, "now": clock.now()})

    def forget_mails(self, tx: Session) -> bool:
        """A page of what they wrote as somebody with an account; False when there is no more."""
        theirs = select(InboundEmail).filter_by(workspace_id=self.workspace_id, sender=self.email)
        mails = tx.scalars(theirs.where(InboundEmail.user_id.is_not(None)).limit(MAILS)).all()
        _blank(tx, mails, self.alias)
        return bool(mails)

    def drop_file(self, tx: Session) -> bool:
        """The workspace's oldest file of rows, which may have the person in it; False when there is none left."""
        oldest = select(Export.id).filter_by(workspace_id=self.workspace_id).order_by(Export.id).limit(1)
        gone = delete(Export).where(Export.id.in_(oldest), Export.created_at <= clock.now())
        return tx.execute(gone).rowcount == 1  # type: ignore[attr-defined]

    @classmethod
    def _remember(cls, tx: Session, workspace_id: int, email: str, alias: str, by: str) -> list[int]:
        """On both streams; the ids of those that are new."""
        salt = cls._salt(tx, workspace_id)
        common = {"workspace_id": workspace_id, "salt": salt, "email": email, "alias": alias, "by": by}
        common |= {"hash": sha256(f"{salt}{email}".encode()).hexdigest(), "created_at": clock.now()}
        rows = [common | {"stream": name} for name in (settings.transactional_stream, settings.broadcast_stream)]
        again = {"email": email, "alias": alias}
        index = [cls.workspace_id, cls.hash, cls.stream]
        made = insert(cls).values(rows).on_conflict_do_update(index_elements=index, set_=again)
        return sorted(tx.scalars(made.returning(cls.id)))

    @classmethod
    def _salt(cls, tx: Session, workspace_id: int) -> str:
        return tx.scalar(select(cls.salt).filter_by(workspace_id=workspace_id).limit(1)) or secrets.token_hex(16)


TABLES = ("deliveries", "import_rows")


def _forget_mails(tx: Session, workspace_id: int, email: str, alias: str) -> None:
    mails: Sequence[InboundEmail] = tx.scalars(
        select(InboundEmail).filter_by(workspace_id=workspace_id, sender=email)
    ).all()
    _blank(tx, mails, alias)


def _blank(tx: Session, mails: Sequence[InboundEmail], alias: str) -> None:
    for mail in mails:
        incinerate_now(tx, mail.id)
        mail.sender, mail.subject, mail.text, mail.elided, mail.restored = alias, "", "", [], []
    tx.flush()


_HISTORY = text("""
    update subscription_changes set words = '', ip = '', by = case when how = 'operator' then by else '' end
    where subscription_id in (select id from subscriptions where contact_id = :contact)
""")
_REJECTIONS = text("update rejections set recipient = :alias where workspace_id = :workspace and recipient = :email")
_FORWARDINGS = text("""
    update forwardings f
    set note = '', recipient = case when f.recipient = :email then :alias else f.recipient end
    from inbound_emails e
    where e.id = f.inbound_email_id and f.workspace_id = :workspace and (:alias = e.sender or f.recipient = :email)
""")
_ASKS = text("""
    update opt_ins set words = '', source = '', ip = '', confirmed_ip = ''
    where subscription_id in (select id from subscriptions where contact_id = :contact)
""")
_UNDOINGS = text("""
    update bulk_change_pages set contacts = array_remove(contacts, cast(:contact as bigint))
    where cast(:contact as bigint) = any(contacts) and change_id in (
              select c.id from bulk_changes c join contacts who on who.workspace_id = c.workspace_id
              where who.id = :contact
          )
""")
_PAGES = {
    "deliveries": text("""
        with page as (
            select id, recipient, kind from deliveries
            where workspace_id = :workspace and id > :after order by id limit :page
        ), mine as (
            select id from page where recipient = :email and not (:account and kind in ('edition', 'opt_in'))
        ), erased as (
            update deliveries d
            set recipient = :alias, reason = case when d.state = 'queued' then 'erased' else '' end,
                settled_at = case when d.state = 'queued' then cast(:now as timestamptz) else d.settled_at end,
                state = case when d.state = 'queued' then 'canceled' else d.state end
            from mine where d.id = mine.id
        ), silent as (
            update delivery_events e set payload = '{}', key = 'erased ' || e.id from mine where e.delivery_id = mine.id
        )
        select max(id) from page
    """),
    "import_rows": text("""
        with page as (
            select id, key from import_rows where id > :after and workspace_id = :workspace order by id limit :page
        ), erased as (
            update import_rows r set key = :alias, cells = '[]', changes = '{}' from page
            where r.id = page.id and cast(:now as timestamptz) is not null
              and case when :account then starts_with(page.key, :email || chr(10)) else page.key = :email end
        )
        select max(id) from page
    """),
}
