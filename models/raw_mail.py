"""Mails as they went over the wire that came before there were pieces of them (`models/mail_piece.py`)."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base
from models.types import references


class RawMail(Base):
    __tablename__ = "raw_mails"

    inbound_email_id: Mapped[int] = references("inbound_emails.id", primary_key=True)
    mime: Mapped[bytes] = mapped_column(LargeBinary)
