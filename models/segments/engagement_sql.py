"""What somebody did with editions, asked of their copies and of what came back from those."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, any_, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from models.contact import Contact
from models.delivery import Delivery, State
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail
from models.segments.conditions import Engagement
from models.segments.scope import Scope
from models.segments.times import at

_TAKEN = (State.SENT, State.DELIVERED, State.BOUNCED, State.COMPLAINED)  # the provider had it
_LINK = r'"OriginalLink"\s*:\s*"((?:[^"\\]|\\.)*)"'  # payloads are text, and no text may break a question
_TYPES = {"opened": "Open", "clicked": "Click"}


def where(leaf: Engagement, scope: Scope) -> ColumnElement[bool]:
    numbers = cast(scope.editions.get(leaf.editions, []), ARRAY(BigInteger))
    if leaf.what == "replied":
        return _timed(_replies(numbers, scope), InboundEmail.received_at, leaf, scope)
    if leaf.what in _TYPES:
        return _timed(_events(leaf, _copies(numbers)), DeliveryEvent.received_at, leaf, scope)
    if leaf.what == "bounced":
        return _timed(_copies(numbers).where(Delivery.state == State.BOUNCED), Delivery.settled_at, leaf, scope)
    return _timed(_copies(numbers).where(Delivery.state.in_(_TAKEN)), Delivery.sent_at, leaf, scope)


def _timed(found: Select[Any], moment: Any, leaf: Engagement, scope: Scope) -> ColumnElement[bool]:
    return (found.where(at(moment, leaf.when, scope.now)) if leaf.when else found).correlate(Contact).exists()


def _copies(numbers: Any) -> Select[Any]:
    mine = select(Delivery.id).where(Delivery.kind == "edition", Delivery.source_id == any_(numbers))
    return mine.where(Delivery.recipient == Contact.email)


def _events(leaf: Engagement, copies: Select[Any]) -> Select[Any]:
    found = copies.join(DeliveryEvent, DeliveryEvent.delivery_id == Delivery.id)
    found = found.where(DeliveryEvent.type == _TYPES[leaf.what])
    if leaf.link:
        address = func.replace(func.substring(DeliveryEvent.payload, _LINK), r"\/", "/")
        found = found.where(func.strpos(func.lower(address), func.lower(leaf.link)) > 0)
    return found


def _replies(numbers: Any, scope: Scope) -> Select[Any]:
    mine = select(InboundEmail.id).where(InboundEmail.edition_id == any_(numbers), InboundEmail.kind == "letter")
    mine = mine.where(InboundEmail.workspace_id == scope.workspace_id)
    return mine.where(func.lower(InboundEmail.sender) == Contact.email)
