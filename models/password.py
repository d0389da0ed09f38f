"""A password of a user's, kept as its Argon2id hash. Everybody may do without one and sign in by mailed links.

Memory, passes and lanes are those that the OWASP Password Storage Cheat Sheet names first: 19 MiB, 2 and 1. A hash with
others is made anew when its password is next given.
"""

import re
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session

from models import clock
from models.db import Base
from models.types import Moment, Words, references

SHORTEST = 10  # characters
LONGEST = 200
DIFFERENT = 5  # characters of it, at least

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# What is hashed where there is no password, so that it takes as long.
_NOBODYS = _hasher.hash("nobody's")
_COMMON = re.compile(
    r"pass\W?w[o0]rd|qwert[zy]u?i?o?p?|asdfghjkl?|zxcvbnm|letmein|welcome|iloveyou|admin|monkey|dragon|football|baseball"
    r"|sunshine|princess|master|superman|batman|trustno1|changeme|secret|hello|abc|postroom|[\W\d_]+"
)


class Password(Base):
    __tablename__ = "passwords"

    user_id: Mapped[int] = references("users.id", primary_key=True, autoincrement=False)
    hash: Mapped[Words]
    changed_at: Mapped[Moment]

    @classmethod
    def keep(cls, tx: Session, user_id: int, hashed: str, at: datetime | None = None) -> None:
        """As the user's one password; `at` is when it was chosen."""
        fresh = {"hash": hashed, "changed_at": at or clock.now()}
        row = insert(cls).values(user_id=user_id, **fresh)
        tx.execute(row.on_conflict_do_update(index_elements=[cls.user_id], set_=fresh))

    def is_outdated(self) -> bool:
        return _hasher.check_needs_rehash(self.hash)


def hashed(text: str) -> str:
    """Takes some 20 ms: not to be called in a transaction."""
    return _hasher.hash(text)


def matches(known: Password | None, text: str) -> bool:
    """Takes as long without a password as with one: not to be called in a transaction."""
    try:
        return _hasher.verify(known.hash if known else _NOBODYS, text[:LONGEST]) and known is not None
    except VerificationError:
        return False


def weakness(text: str, *personal: str) -> str:
    """What is wrong with it, in a sentence; nothing when it will do. `personal` is what others know of its user."""
    low = text.lower()
    if len(text) < SHORTEST:
        return f"Please use at least {SHORTEST} characters: a few words are easy to remember."
    if any(part in low for each in personal for part in _telling(each)):
        return "Please leave your name and your address out of it: they are tried first."
    if len(set(low)) < DIFFERENT or len(_COMMON.sub("", low)) < SHORTEST // 3:
        return "That is one of those that are tried first. A few words that do not belong together are better."
    return ""


def _telling(text: str) -> list[str]:
    """The parts of a name or an address that give something away."""
    return [part for part in re.split(r"[\W_]+", text.lower()) if len(part) > 3]
