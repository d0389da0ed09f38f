"""Somebody comes in: the sign-in is used, with the browser and the address they came from, and written down.

Whoever has no zone yet gets that of their browser: pages tell moments in it.
"""

from flask import request
from sqlalchemy.orm import Session

from models import local_time
from models.sign_in import SignIn
from models.storable import clean
from models.user import User
from web.audit import audit


def let_in(tx: Session, sign_in: SignIn) -> bool:
    """True for the one caller who gets in."""
    came = sign_in.use(tx, clean(request.user_agent.string), request.remote_addr or "")
    if came:
        who = {"workspace_id": sign_in.workspace_id, "user_id": sign_in.user_id}
        _settle_zone(tx, sign_in.user_id)
        audit(tx, "began", sign_in, HOW[sign_in.manner], **who)
    return came


def _settle_zone(tx: Session, user_id: int) -> None:
    user, told = tx.get_one(User, user_id), request.form.get("zone", "")
    if not user.zone and told in local_time.zones():
        user.zone = told


HOW = {"link": "by a mailed link", "password": "with a password", "setup": "setting Postroom up"}
