"""A received mail, stored before it is understood.

received → processed | bounced | ignored | failed, each with a reason
         → held (it waits for a person: "Is that you?", or somebody at the console) → received again
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, Row, Text, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from models import clock, mail_piece
from models.attachment import Attachment, Enclosure
from models.db import Base
from models.storable import clean
from models.types import Id, Moment, Words, references


class State(StrEnum):
    RECEIVED = "received"
    PROCESSED = "processed"
    HELD = "held"
    BOUNCED = "bounced"
    IGNORED = "ignored"
    FAILED = "failed"


class Kind(StrEnum):
    """What a mail turned out to be; empty until it is known."""

    ANSWER = "answer"
    CORRECTION = "correction"
    COMMENT = "comment"
    LETTER = "letter"
    COMMAND = "command"
    AWAY = "away"


LETTERS = "kind = 'letter' and edition_id is not null"
REOPENED = (State.BOUNCED, State.IGNORED, State.FAILED, State.HELD)


class InboundEmail(Base):
    __tablename__ = "inbound_emails"
    __table_args__ = (
        CheckConstraint(
            "state in ('received', 'processed', 'held', 'bounced', 'ignored', 'failed')", name="state"
        ),
        Index("ix_inbound_emails_open", "waits_since", postgresql_where="state = 'received'"),
        Index("ix_inbound_emails_workspace_id_id", "workspace_id", "id"),
        Index("ix_inbound_emails_workspace_id_sender", "workspace_id", "sender"),
        Index("ix_inbound_emails_edition_id", "edition_id", "id", postgresql_where="edition_id is not null"),
        Index("ix_inbound_emails_letters", "workspace_id", "id", postgresql_where=LETTERS),
        Index("ix_inbound_emails_corrects_id", "corrects_id", postgresql_where="corrects_id is not null"),
        Index("ix_inbound_emails_held", "user_id", "sender", postgresql_where="state = 'held'"),
        Index(
            "ix_inbound_emails_attention", "workspace_id", "id", postgresql_where="state in ('held', 'failed')"
        ),
        Index("ix_inbound_emails_user_id", "user_id", postgresql_where="user_id is not null"),
        Index("ix_inbound_emails_raw", "received_at", postgresql_where="incinerated_at is null"),
        Index(
            "uq_inbound_emails_message_id_checksum", "message_id", "checksum",
            unique=True, postgresql_where="message_id <> ''",
        ),
    )  # fmt: skip

    id: Mapped[Id]
    workspace_id: Mapped[int | None] = references("workspaces.id")
    prompt_id: Mapped[int | None] = references("prompts.id", ondelete="SET NULL", index=True)
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL")  # whose it is, or would be
    edition_id: Mapped[int | None] = references("editions.id", ondelete="SET NULL")
    corrects_id: Mapped[int | None] = references("inbound_emails.id", ondelete="SET NULL")
    provider_id: Mapped[str] = mapped_column(Text, unique=True)
    message_id: Mapped[Words] = mapped_column(default="", server_default="")  # as its headers have it
    checksum: Mapped[Words] = mapped_column(default="", server_default="")
    payload: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # without what is attached
    sender: Mapped[Words] = mapped_column(default="")
    subject: Mapped[Words] = mapped_column(default="")
    kind: Mapped[Words] = mapped_column(default="", server_default="")
    state: Mapped[Words] = mapped_column(default=State.RECEIVED)
    reason: Mapped[Words] = mapped_column(default="")
    text: Mapped[Words] = mapped_column(default="")
    elided: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    restored: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default="[]")  # elided after all said
    confident: Mapped[bool | None]
    parser_version: Mapped[int | None]
    rerouted: Mapped[Words] = mapped_column(default="", server_default="")  # a reply token that a person chose
    accepted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # by a person, whoever it is from
    received_at: Mapped[Moment] = mapped_column(default=clock.now)
    waits_since: Mapped[Moment] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    incinerated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def receive(
        cls, tx: Session, *, mime: bytes | None = None, attachments: Sequence[Enclosure] = (), **mail: Any
    ) -> int | None:
        """Stores a mail as it came; returns its id, or None when this mail is here already.

        The same mail is one with the provider's id of another, or with its Message-ID and its checksum.
        """
        (number,) = cls.receive_all(tx, [mail])
        if number and mime is not None:
            mail_piece.keep(tx, number, mail_piece.WIRE, mime)
        if number and attachments:
            Attachment.keep(tx, number, attachments)
        return number

    @classmethod
    def receive_all(cls, tx: Session, mails: Sequence[Mapping[str, Any]]) -> list[int | None]:
        """The same of many that bring nothing but their payload, in their order."""
        columns = {name: [clean(mail.get(name, "")) for mail in mails] for name in _WORDS}
        rows = tx.execute(_RECEIVE, columns | {"payload": [mail["payload"] for mail in mails], "now": clock.now()})
        numbers = {row.provider_id: row.id for row in rows}
        return [numbers.pop(provider_id, None) for provider_id in columns["provider_id"]]

    @classmethod
    def waiting(cls, tx: Session, numbers: Sequence[int]) -> Sequence[Row[Any]]:
        """Those that nobody has dealt with (or is dealing with at this moment), locked, with all they came with."""
        return tx.execute(_OPEN, {"numbers": list(numbers)}).all()

    @classmethod
    def stored(cls, tx: Session, numbers: Sequence[int]) -> Sequence[Row[Any]]:
        """The same of mails in whatever state, as far as they have not been incinerated."""
        return tx.execute(_STORED, {"numbers": list(numbers)}).all()

    @classmethod
    def reopen_held(cls, tx: Session, user_id: int, sender: str) -> list[int]:
        """What an address of this user's sent, and was held for not being known as theirs; the ids."""
        mine = update(cls).where(cls.user_id == user_id, cls.sender == sender, cls.state == State.HELD)
        return list(tx.scalars(mine.values(_AFRESH | {"waits_since": clock.now()}).returning(cls.id)))

    def reopen(self, tx: Session, **changes: Any) -> bool:
        """To be understood once more; False for one that is waiting, whose entries are written, or that is gone."""
        again = update(InboundEmail).where(InboundEmail.id == self.id, InboundEmail.state.in_(REOPENED))
        again = again.where(InboundEmail.incinerated_at.is_(None))
        return tx.execute(again.values(_AFRESH | {"waits_since": clock.now()} | changes)).rowcount == 1  # type: ignore[attr-defined]

    def reroute(self, tx: Session, reply_token: str) -> bool:
        """To be taken for an answer to something else; what it had said elsewhere is taken back there."""
        tx.execute(_TAKE_BACK, {"id": self.id})
        again = update(InboundEmail).where(InboundEmail.id == self.id, InboundEmail.state != State.RECEIVED)
        again = again.where(InboundEmail.incinerated_at.is_(None))
        chosen = {"rerouted": reply_token, "accepted_at": clock.now(), "waits_since": clock.now()}
        return tx.execute(again.values(_AFRESH | chosen)).rowcount == 1  # type: ignore[attr-defined]

    def settle(self, state: State, reason: str = "") -> None:
        self.state, self.reason, self.settled_at = state, reason, clock.now()

    def wire(self) -> Iterator[bytes]:
        """The mail as it went over the wire, by the megabyte; nothing where we never had it, or it is incinerated."""
        return mail_piece.stream(self.id, mail_piece.WIRE)


_AFRESH: dict[str, Any] = {"state": State.RECEIVED, "reason": "", "settled_at": None}

_WORDS = ("provider_id", "message_id", "checksum", "sender", "subject")

_RECEIVE = text("""
    insert into inbound_emails (provider_id, message_id, checksum, payload, sender, subject, state, reason, text,
                                elided, received_at, waits_since)
    select provider_id, message_id, checksum, payload, sender, subject, 'received', '', '', '[]', :now, :now
    from unnest(cast(:provider_id as text[]), cast(:message_id as text[]), cast(:checksum as text[]),
                cast(:payload as bytea[]), cast(:sender as text[]), cast(:subject as text[]))
         as given(provider_id, message_id, checksum, payload, sender, subject)
    on conflict do nothing
    returning id, provider_id
""")

_TAKE_BACK = text("""
    with comments_gone as (delete from comments where inbound_email_id = :id)
    delete from entries where inbound_email_id = :id
""")

_WHOLE = """
    select e.id, e.payload, e.sender, e.subject, e.rerouted, e.accepted_at, e.restored, e.received_at, e.state, e.kind,
           exists (select from mail_pieces p where p.inbound_email_id = e.id and p.file = -1)
           or exists (select from raw_mails r where r.inbound_email_id = e.id) as has_wire,
           (select count(*) from attachments a where a.inbound_email_id = e.id and a.content_id = '') as attached
    from inbound_emails e
    where e.id = any(cast(:numbers as bigint[])) and e.payload is not null
"""
_OPEN = text(f"{_WHOLE} and e.state = 'received' order by e.id for update of e skip locked")
_STORED = text(f"{_WHOLE} order by e.id")
