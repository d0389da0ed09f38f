"""Who is visiting: the person whom the session cookie names, and the workspace they are looking at.

Every page asks for a visitor unless it is marked `@public`, so a page that forgets to ask is closed, not open.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from models.db import transaction
from models.membership import Membership, Role
from models.sign_in import SignIn
from models.subscription_change import Change, How
from models.user import User
from models.workspace import Workspace

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row")


@dataclass(frozen=True)
class Visitor:
    sign_in: SignIn
    user: User
    workspace: Workspace
    membership: Membership
    workspaces: Sequence[Workspace]
    operates: bool  # manages the workspace that set this installation up, and so the installation itself

    @property
    def manages(self) -> bool:
        return self.membership.manages

    @property
    def is_here(self) -> bool:
        return True

    @property
    def takes_part(self) -> bool:
        """Answers and comments: everybody but observers."""
        return self.membership.role != Role.OBSERVER

    @property
    def edits(self) -> bool:
        """Writes newsletters."""
        return self.membership.role in (Role.OWNER, Role.ADMIN, Role.EDITOR)

    @property
    def owns(self) -> bool:
        return self.membership.role == Role.OWNER


visitor = cast(Visitor, LocalProxy(lambda: g.visitor))


def attach(app: Flask) -> None:
    app.before_request(_let_in)
    app.context_processor(lambda: {"visitor": g.get("visitor")})


def public(view: View) -> View:
    """Marks a view that strangers may see."""
    view.is_public, view.admits = True, "strangers"  # type: ignore[attr-defined]
    return view


def only(who: str) -> Callable[[View], View]:
    """Guards a view for visitors of whom that property is true, and tells whom it `admits`: tests walk all routes."""

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            return view(*args, **named) if getattr(visitor, who) else abort(403)

        guarded.admits = who  # type: ignore[attr-defined]
        return cast(View, guarded)

    return guarding


# Every view says one of these, or `public`. What everybody may change is their own account.
everybody = only("is_here")
members_only = only("takes_part")
editors_only = only("edits")
managers_only = only("manages")
operators_only = only("operates")
owners_only = only("owns")


def here() -> int:
    """The workspace whose rows this request may see: the visitor's, or that of the key a program came with."""
    return g.workspace_id


def by_visitor(words: str = "") -> Change:
    """A change of a subscription that the visitor makes for somebody."""
    return Change(How.OPERATOR, visitor.user.email, words, request.remote_addr or "")


def ours(tx: Session, noun: type[Row], number: int) -> Row:
    """The row of that number in this workspace; for anybody else's there is no such page."""
    row = tx.scalar(select(noun).filter_by(id=number, workspace_id=here()))
    return row if row is not None else abort(404)


def remember(sign_in: SignIn) -> None:
    """From now on this browser is that person's. What the session held before is forgotten."""
    session.clear()
    session.permanent = True
    session.update(sign_in=sign_in.id, workspace=sign_in.workspace_id)


def _let_in() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "is_public", False):
        return None
    with transaction() as tx:
        g.visitor = _arriving(tx)
        fresh = g.visitor is None and not Workspace.exists(tx)
    if g.visitor:
        g.workspace_id = g.visitor.workspace.id
        return None if _may_go_on(view) else abort(403)
    return redirect(url_for("setup.new") if fresh else url_for("sign_ins.new", next=_wanted()))


def _may_go_on(view: Any) -> bool:
    """A view that forgot to say whom it is for changes nothing for observers."""
    return request.method in ("GET", "HEAD") or g.visitor.takes_part or hasattr(view, "admits")


def _wanted() -> str | None:
    """Where to go after signing in: a form that was being sent cannot be sent again."""
    path = request.full_path.rstrip("?")
    return path if request.method == "GET" and path != "/" else None


def _arriving(tx: Session) -> Visitor | None:
    number = session.get("sign_in")
    sign_in = tx.get(SignIn, number, options=[joinedload(SignIn.user)]) if number else None
    if sign_in is None or not sign_in.is_open:
        return None
    sign_in.touch(tx, request.remote_addr or "")
    seats = {seat.workspace_id: (seat, place) for seat, place in _memberships(tx, sign_in.user_id)}
    chosen = next((seats[n] for n in (session.get("workspace"), sign_in.workspace_id, *seats) if n in seats), None)
    if chosen is None:
        return None
    membership, workspace = chosen
    first = Workspace.first(tx)
    operates = any(seat.manages and place is first for seat, place in seats.values())
    places = [place for _, place in seats.values()]
    return Visitor(sign_in, sign_in.user, workspace, membership, places, operates)


def _memberships(tx: Session, user_id: int) -> Sequence[Any]:
    found = select(Membership, Workspace).join(Workspace, Workspace.id == Membership.workspace_id)
    return tx.execute(found.where(Membership.user_id == user_id).order_by(Workspace.name)).all()
