"""A login identity: one per e-mail address, in any number of workspaces."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Text, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import BroughtBy, CreatedAt, Id, Words

ERASED = "@erased.invalid"  # the address of somebody who has deleted their account ends so


class InvalidAddress(ValueError):
    """What is wrong with an e-mail address, in a sentence for the person who typed it."""


class User(Base):
    __tablename__ = "users"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[Words]
    zone: Mapped[Words] = mapped_column(default="", server_default="")  # of seats to come; blank: whoever invites says
    import_id: Mapped[BroughtBy]
    created_at: Mapped[CreatedAt]

    @classmethod
    def called(cls, tx: Session, email: str, name: str = "") -> "User":
        """The user with this address, made unless there is one. Raises `InvalidAddress`."""
        address = normal(email)
        fresh = {"email": address, "name": name.strip(), "created_at": clock.now()}
        tx.execute(insert(cls).values(fresh).on_conflict_do_nothing())
        user = tx.scalars(select(cls).filter_by(email=address)).one()
        user.name = user.name or name.strip()
        return user

    @classmethod
    def exists(cls, tx: Session) -> bool:
        """Whether there has ever been anybody: rows of people stay, whatever they were in."""
        return tx.scalar(select(cls.id).limit(1)) is not None

    @classmethod
    def at(cls, tx: Session, email: str) -> "User | None":
        """The user with this address, in whatever case it is written."""
        return tx.scalar(select(cls).filter_by(email=email.strip().lower()))

    @property
    def display_name(self) -> str:
        return display_name(self.name, self.email)


def display_name(name: str, email: str) -> str:
    """What somebody is called who may not have told us a name."""
    return "former member" if email.endswith(ERASED) else name or email.partition("@")[0]


def normal(email: str) -> str:
    """An address in the one form that we store: valid by RFC 5321 and 5322, without a display name, in lower case.

    The local part is lowered too, against the letter of RFC 5321 (2.4): every provider in use ignores its case, and
    people do not type their own address the same way twice.
    """
    given = email.strip()
    plain = _PLAIN.fullmatch(given.lower()) if given.isascii() and len(given) <= LONGEST else None
    if plain and _is_domain(plain[1]):
        return plain[0]
    try:
        return _validated(given)
    except EmailNotValidError as problem:
        raise InvalidAddress(f"{given[:80]!r} is not an e-mail address: {problem}") from None


LONGEST = 254  # characters of an address (RFC 5321, erratum 1690)
_PLAIN = re.compile(r"(?=.{1,64}@)[a-z0-9]+(?:[._+-][a-z0-9]+)*@([a-z0-9.-]+)")  # as nearly all are: nothing to look at


@lru_cache(maxsize=4096)
def _is_domain(name: str) -> bool:
    """Of a million addresses most have one of few domains, and looking at those takes nearly all of the time."""
    try:
        return _validated(f"x@{name}") == f"x@{name}"
    except EmailNotValidError:
        return False


def _validated(email: str) -> str:
    return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
