"""Before what cannot be taken back, the visitor shows once more who they are: by their password, or by a mailed link
through which they have just come in."""

from datetime import timedelta

from sqlalchemy.orm import Session

from models.db import transaction
from models.password import Password, matches
from models.throttle import Throttle
from web.limits import network
from web.visitor import visitor

TRIES = 10  # of a password at once, then one every few minutes
EVERY = timedelta(minutes=3)
FROM_A_NETWORK = 30
NETWORK_EVERY = timedelta(minutes=1)
WRONG = "That is not your password, or it was tried too often: you can have a link mailed instead."


def has_password() -> bool:
    """Whether the visitor can show who they are by a password."""
    with transaction() as tx:
        return tx.get(Password, visitor.user.id) is not None


def is_proven(given: str) -> bool:
    """Whether it is certain that this is the visitor; `given` is what they say their password is."""
    if visitor.sign_in.is_fresh:
        return True
    with transaction() as tx:
        known = tx.get(Password, visitor.user.id) if may_try(tx, visitor.user.email) else None
    return matches(known, given)


def may_try(tx: Session, email: str) -> bool:
    """Whether a password may be tried for this address, from where the request comes."""
    return from_here(tx, "password") and Throttle.allows(tx, f"password of {email.strip().lower()}", TRIES, EVERY)


def from_here(tx: Session, what: str) -> bool:
    """Whether a password may be tried, or a link asked for, once more from where the request comes."""
    return Throttle.allows(tx, f"{what} from {network()}", FROM_A_NETWORK, NETWORK_EVERY)
