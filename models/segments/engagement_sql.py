"""What somebody did with editions, asked of their copies and of what came back from those."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, any_, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from models.contact import Contact
from models.delivery import Delivery, State
from models.inbound_email import InboundEmail
from models.segments.conditions import Engagement
from models.segments.scope import Scope
from models.segments.times import at
from models.traces.judging import By
from models.traces.link import Link
from models.traces.trace import Trace

_TAKEN = (State.SENT, State.DELIVERED, State.BOUNCED, State.COMPLAINED)  # the provider had it
_TRACES = {"opened": "open", "clicked": "click"}


def where(leaf: Engagement, scope: Scope) -> ColumnElement[bool]:
    numbers = cast(scope.editions.get(leaf.editions, []), ARRAY(BigInteger))
    if leaf.what == "replied":
        return _timed(_replies(numbers, scope), InboundEmail.received_at, leaf, scope)
    if leaf.what in _TRACES:
        return _traces(leaf, numbers, scope).correlate(Contact).exists()
    if leaf.what == "bounced":
        return _timed(_copies(numbers).where(Delivery.state == State.BOUNCED), Delivery.settled_at, leaf, scope)
    return _timed(_copies(numbers).where(Delivery.state.in_(_TAKEN)), Delivery.sent_at, leaf, scope)


def _timed(found: Select[Any], moment: Any, leaf: Engagement, scope: Scope) -> ColumnElement[bool]:
    return (found.where(at(moment, leaf.when, scope.now)) if leaf.when else found).correlate(Contact).exists()


def _copies(numbers: Any) -> Select[Any]:
    mine = select(Delivery.id).where(Delivery.kind == "edition", Delivery.source_id == any_(numbers))
    return mine.where(Delivery.recipient == Contact.email)


def _traces(leaf: Engagement, numbers: Any, scope: Scope) -> Select[Any]:
    """Of people, and of who may be one; what machines did is nobody's."""
    mine = select(Trace.delivery_id).where(Trace.edition_id == any_(numbers), Trace.contact_id == Contact.id)
    found = mine.where(Trace.by != By.MACHINE)
    if leaf.when:
        found = found.where(at(Trace.first_at, leaf.when, scope.now) | at(Trace.last_at, leaf.when, scope.now))
    if not leaf.link:
        return found.where(Trace.what == _TRACES[leaf.what])
    holds = func.strpos(func.lower(Link.address), func.lower(leaf.link)) > 0
    return found.join(Link, Link.id == Trace.link_id).where(Trace.what == "link", holds)


def _replies(numbers: Any, scope: Scope) -> Select[Any]:
    mine = select(InboundEmail.id).where(InboundEmail.edition_id == any_(numbers), InboundEmail.kind == "letter")
    mine = mine.where(InboundEmail.workspace_id == scope.workspace_id)
    return mine.where(func.lower(InboundEmail.sender) == Contact.email)
