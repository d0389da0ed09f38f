"""An address that a workspace knows, with what it knows about the person."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import BroughtBy, CreatedAt, Id, Words, references


class Contact(Base):
    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        Index("ix_contacts_workspace_id_id", "workspace_id", "id"),
        Index("ix_contacts_beginning", "workspace_id", "email", postgresql_ops={"email": "text_pattern_ops"}),
        Index("ix_contacts_tags", "tags", postgresql_using="gin"),
        Index("ix_contacts_domain", "workspace_id", text("split_part(email, '@', -1)")),  # as segments ask
    )

    id: Mapped[Id]
    workspace_id: Mapped[int] = references("workspaces.id")  # found by the indexes that begin with it
    email: Mapped[Words]
    name: Mapped[Words] = mapped_column(default="")
    locale: Mapped[Words] = mapped_column(default="en")
    zone: Mapped[Words] = mapped_column(default="UTC")
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")  # sorted, each once
    note: Mapped[Words] = mapped_column(default="", server_default="")  # for colleagues, never sent
    import_id: Mapped[BroughtBy]
    created_at: Mapped[CreatedAt]

    @classmethod
    def know(cls, tx: Session, workspace_id: int, people: Mapping[str, str]) -> None:
        """Contacts for `{address: name}`, unless they are known; a name only fills one that is blank.

        Addresses are as `models.user.normal` makes them.
        """
        emails = sorted(people)  # in one order, so that two who do this at once do not wait for each other
        values = {"workspace": workspace_id, "emails": emails, "names": [people[email] for email in emails]}
        tx.execute(_KNOW, {**values, "now": clock.now()})


_KNOW = text("""
    insert into contacts (workspace_id, email, name, locale, zone, attributes, created_at)
    select :workspace, given.email, given.name, 'en', 'UTC', '{}', :now
    from unnest(cast(:emails as text[]), cast(:names as text[])) with ordinality as given(email, name, place)
    order by given.place
    on conflict (workspace_id, email) do update set name = excluded.name
    where contacts.name = '' and excluded.name <> ''
""")
