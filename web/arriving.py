"""Somebody comes in: the sign-in is used, with the browser and the address they came from, and written down."""

from flask import request
from sqlalchemy.orm import Session

from models.inbound_email import clean
from models.sign_in import SignIn
from web.audit import audit


def let_in(tx: Session, sign_in: SignIn) -> bool:
    """True for the one caller who gets in."""
    came = sign_in.use(tx, clean(request.user_agent.string), request.remote_addr or "")
    if came:
        who = {"workspace_id": sign_in.workspace_id, "user_id": sign_in.user_id}
        audit(tx, "began", sign_in, HOW[sign_in.manner], **who)
    return came


HOW = {"link": "by a mailed link", "password": "with a password", "setup": "setting Postroom up"}
