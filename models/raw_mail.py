"""A mail as it went over the wire. Apart from its row, which is read often while this is hardly ever."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base
from models.types import references


class RawMail(Base):
    __tablename__ = "raw_mails"

    inbound_email_id: Mapped[int] = references("inbound_emails.id", primary_key=True)
    mime: Mapped[bytes] = mapped_column(LargeBinary)
