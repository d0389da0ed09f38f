"""A condition as a question about rows of `contacts`: true or false, never null, with bound values alone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from config import settings
from models.contact import Contact
from models.lists.list import List
from models.lists.member import ListMember
from models.segments import attribute_sql, engagement_sql
from models.segments.conditions import (
    All,
    Any,
    Attribute,
    Comparison,
    Condition,
    Engagement,
    Field,
    Inclusion,
    Leaf,
    Not,
    OnList,
    Standing,
    Suppressed,
)
from models.segments.scope import Scope
from models.segments.times import at
from models.subscription import State, Subscription
from models.suppression import Suppression

Asked = ColumnElement[bool]
Moment = InstrumentedAttribute[datetime | None] | InstrumentedAttribute[datetime]

_WORDS: dict[str, ColumnElement[str] | InstrumentedAttribute[str]] = {
    "name": Contact.name,
    "email": Contact.email,
    "domain": func.split_part(Contact.email, "@", -1),
    "locale": func.lower(Contact.locale),
    "zone": Contact.zone,
}
_SMALL = ("email", "domain", "locale")  # kept or compared in small letters


def where(condition: Condition, scope: Scope) -> Asked:
    match condition:
        case Not():
            return not_(where(condition.part, scope))
        case All():
            return and_(*(where(part, scope) for part in condition.parts))
        case Any():
            return or_(*(where(part, scope) for part in condition.parts))
        case Inclusion():
            segment = scope.segments.get(condition.segment.number or 0)
            return where(segment, scope) if segment else false()
    return _leaf(condition, scope)


def _leaf(leaf: Leaf, scope: Scope) -> Asked:
    match leaf:
        case Attribute():
            return attribute_sql.where(leaf.name, leaf.test, scope.now)
        case Engagement():
            return engagement_sql.where(leaf, scope)
        case Standing():
            return _stands(leaf, scope)
        case OnList():
            return _listed(leaf, scope)
        case Suppressed():
            return suppressed(scope.workspace_id)
        case Field():
            return _FIELDS.get(leaf.name, partial(_word, leaf.name))(leaf.test, scope)
    return true()


def suppressed(workspace_id: int) -> Asked:
    """Whether newsletters may not go to the address."""
    mine = select(Suppression.id).filter_by(stream=settings.broadcast_stream, lifted_at=None)
    return (
        mine.where(Suppression.workspace_id == workspace_id, Suppression.email == Contact.email)
        .correlate(Contact)
        .exists()
    )


def _tag(test: Comparison, scope: Scope) -> Asked:
    if test.value is None:
        return Contact.tags != [] if test.sign == "set" else Contact.tags == []
    has = Contact.tags.contains([test.value])
    return has if test.sign == "=" else not_(has)


def _word(name: str, test: Comparison, scope: Scope) -> Asked:
    column = _WORDS[name]
    if test.value is None:
        return column != "" if test.sign == "set" else column == ""
    if test.sign == "contains":
        holds = func.strpos(func.lower(column), func.lower(str(test.value))) > 0
        return and_(_may_hold(str(test.value)), holds) if name in ("email", "name") else holds
    value = str(test.value).lower() if name in _SMALL else test.value
    return column == value if test.sign == "=" else column != value


def _may_hold(text: str) -> Asked:
    """As `ix_contacts_words` has them, which finds those it may be. Of less than three letters it knows nothing."""
    return (Contact.email + " " + Contact.name).icontains(text, autoescape=True) if len(text) > 2 else true()


def _listed(leaf: OnList, scope: Scope) -> Asked:
    """A list that is gone has nobody."""
    mine = select(ListMember.contact_id).join(List, List.id == ListMember.list_id)
    mine = mine.where(List.id == leaf.list.number, List.workspace_id == scope.workspace_id, List.deleted_at.is_(None))
    return mine.where(ListMember.contact_id == Contact.id).correlate(Contact).exists()


def _joined(test: Comparison, scope: Scope) -> Asked:
    return at(Contact.created_at, test, scope.now)


def _stands(leaf: Standing, scope: Scope) -> Asked:
    holds, since = _standing(leaf.what, scope)
    mine = select(Subscription.id).where(Subscription.contact_id == Contact.id, holds)
    if leaf.newsletter:
        mine = mine.where(Subscription.publication_id == leaf.newsletter.number)
    return (mine.where(at(since, leaf.when, scope.now)) if leaf.when else mine).correlate(Contact).exists()


def _standing(what: str, scope: Scope) -> tuple[Asked, Moment]:
    """Whether a subscription stands so, and the moment since when. Who is paused subscribes all the same."""
    if what == "confirmed":
        return Subscription.consented_at.is_not(None), Subscription.consented_at
    if what == "paused":
        return and_(Subscription.state == State.ACTIVE, Subscription.paused_until > scope.now), Subscription.changed_at
    state = State.ACTIVE if what == "subscribed" else State(what)
    is_in = state in (State.ACTIVE, State.UNCONFIRMED)
    return Subscription.state == state, Subscription.created_at if is_in else Subscription.left_at


_FIELDS: dict[str, Callable[[Comparison, Scope], Asked]] = {"tag": _tag, "joined": _joined}
