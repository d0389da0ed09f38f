"""The codes of an authenticator app that a user is asked for after their link or password (TOTP, RFC 6238).

What app and Postroom share is made of SECRET_KEY and the row's salt, so the rows alone give no codes. Where the key is
changed, recovery codes still let people in: they are 80 random bits, of which a hash without salt is enough.
"""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

import pyotp
from sqlalchemy import BigInteger, DateTime, Text, delete, func, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock, token
from models.db import Base
from models.types import Words, references

SECONDS = 30  # that a code is shown
DRIFT = 1  # codes before and after the present one that count, too: clocks differ (RFC 6238, 5.2)
CODES = 10  # for recovery


class SecondFactor(Base):
    __tablename__ = "second_factors"

    user_id: Mapped[int] = references("users.id", primary_key=True, autoincrement=False)
    salt: Mapped[Words]
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # until then it is not asked for
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)  # of the latest code that was used, since 1970
    recovery: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)  # SHA-256 of those that are left

    @classmethod
    def begin(cls, tx: Session, user_id: int) -> "SecondFactor":
        """A fresh one that nobody is asked for yet; one that was never confirmed gives way to it."""
        tx.execute(delete(cls).where(cls.user_id == user_id, cls.confirmed_at.is_(None)))
        tx.expire_all()
        found = tx.get(cls, user_id)
        factor = found or cls(user_id=user_id, salt=secrets.token_hex(16))
        tx.add(factor)
        tx.flush()
        return factor

    @classmethod
    def asked_of(cls, tx: Session, user_id: int) -> "SecondFactor | None":
        found = tx.get(cls, user_id)
        return found if found and found.confirmed_at else None

    @property
    def secret(self) -> str:
        """160 bits in Base32, as apps take it."""
        shared = token.signature("second factor", self.user_id, self.salt)[:40]
        return base64.b32encode(bytes.fromhex(shared)).decode()

    def address(self, email: str) -> str:
        """The `otpauth:` address of its QR code."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=email, issuer_name="Postroom")

    def accepts(self, tx: Session, given: str) -> bool:
        """Whether it is a code of the app's, or one for recovery. Each counts once."""
        code = "".join(given.split()).replace("-", "").lower()
        return self._accepts_step(tx, code) if len(code) == 6 else self._accepts_recovery(tx, code)

    def confirm(self, tx: Session, given: str) -> list[str]:
        """The recovery codes, to be shown this once; none when the code was wrong."""
        if not self.accepts(tx, given):
            return []
        self.confirmed_at = clock.now()
        return self.renew()

    def renew(self) -> list[str]:
        """Other recovery codes than before."""
        codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(CODES)]
        self.recovery = [_digest(code) for code in codes]
        return ["-".join(code[place : place + 4] for place in range(0, 16, 4)) for code in codes]

    def _accepts_step(self, tx: Session, code: str) -> bool:
        now, app = int(clock.now().timestamp()) // SECONDS, pyotp.TOTP(self.secret)
        near = range(now - DRIFT, now + DRIFT + 1)
        step = next((step for step in near if hmac.compare_digest(app.generate_otp(step).encode(), code.encode())), 0)
        mine = update(SecondFactor).where(SecondFactor.user_id == self.user_id, SecondFactor.last_step < step)
        return tx.execute(mine.values(last_step=step)).rowcount == 1  # type: ignore[attr-defined]

    def _accepts_recovery(self, tx: Session, code: str) -> bool:
        digest = _digest(code)
        mine = update(SecondFactor).where(SecondFactor.user_id == self.user_id)
        mine = mine.where(SecondFactor.recovery.contains([digest]), SecondFactor.confirmed_at.is_not(None))
        spent = mine.values(recovery=func.array_remove(SecondFactor.recovery, digest))
        return tx.execute(spent).rowcount == 1  # type: ignore[attr-defined]


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
