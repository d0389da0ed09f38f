"""The received mails of a workspace as somebody looks for them."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, or_, select

from models.inbound_email import InboundEmail


class Inbox(NamedTuple):
    """Which are looked for; what is blank narrows nothing. With `nobodys` also those that belong to no workspace."""

    workspace_id: int
    state: str = ""
    kind: str = ""
    sender: str = ""
    nobodys: bool = False

    @property
    def found(self) -> Select[Any]:
        """In no order."""
        return select(InboundEmail).where(self.seen).filter_by(**self.told)

    @property
    def seen(self) -> ColumnElement[bool]:
        nobodys = InboundEmail.workspace_id.is_(None) if self.nobodys else false()
        return or_(InboundEmail.workspace_id == self.workspace_id, nobodys)

    @property
    def told(self) -> dict[str, Any]:
        """For an address, or to be kept: what is not blank."""
        return {name: word for name in ("state", "kind", "sender") if (word := getattr(self, name))}
