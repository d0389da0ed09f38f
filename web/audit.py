"""What people and programs do is written down, in the transaction in which they do it."""

from typing import Any

from flask import g, request
from sqlalchemy.orm import Session

from models.audit_event import AuditEvent
from models.contact import Contact
from models.inbound_email import InboundEmail
from models.user import User
from web.visitor import here

LONGEST = 200  # characters


def audit(tx: Session, act: str, thing: object, words: str = "", **told: Any) -> AuditEvent:
    """That the visitor, or the key's program, `act` (a verb in the past) the row `thing`; without words, its name.

    `thing` may be a word where there is no row. `told` is for who is not there yet: `workspace_id` and `user_id`.
    """
    noun = thing if isinstance(thing, str) else _noun(type(thing).__name__)
    who = told or _who()
    about = {"about_id": getattr(thing, "id", None), "words": (words or _name(thing))[:LONGEST]}
    place = {"address": request.remote_addr or ""}
    return AuditEvent.record(tx, who.pop("workspace_id"), act, noun, **who, **about, **place)


def _who() -> dict[str, Any]:
    key = g.get("key")
    by = {"by_key": key.name} if key else {"user_id": g.visitor.user.id}
    return {"workspace_id": here(), **by}


def _name(thing: object) -> str:
    """Of nobody: what people are called, and write, must be gone with them, and what is written here stays."""
    return (
        ""
        if isinstance(thing, User | Contact | InboundEmail)
        else getattr(thing, "name", "") or getattr(thing, "subject", "")
    )


def _noun(name: str) -> str:
    """`ApiKey` is an api key; who has signed in has a session."""
    apart = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return "session" if name == "SignIn" else apart.strip()
