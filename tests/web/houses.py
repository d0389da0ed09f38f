"""Workspaces with one of everything that pages show: Ada's, and that of Charles, who must not see hers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from models import clock, token
from models.api_key import ApiKey, Scope
from models.bulk_change import BulkChange
from models.db import transaction
from models.lists.list import List
from models.membership import Membership
from models.opt_in import OptIn
from models.prompt import Prompt
from models.segments.segment import Segment
from models.sign_in import SignIn
from models.subscription import Subscription
from models.subscription_change import BY_PAGE
from models.user import User
from models.user_address import UserAddress
from models.verifying.judging import read
from models.verifying.verification import Verification
from tests import people
from tests.web import files, mails, newsletters, sayings


@dataclass(frozen=True)
class Place:
    id: int
    owner: User
    member: User
    team: int
    seat: int
    other_seat: int
    delivery: int
    mail: int
    publication: int
    edition: int
    past: int
    snippet: int
    unsubscribe: str
    reader: str
    contact: int
    subscription: int
    suppression: int
    attachment: int
    imported: int
    row: int
    address: str
    farewell: str
    slug: str
    opt_in: str
    list: int
    key: int
    bearer: str
    segment: int
    export: int
    list_export: int
    ledger_export: int
    verification: int
    bulk: int
    session: int
    image: int
    picture: str
    membership: int
    secret: str


def furnished(owner: str, member: str) -> Place:
    secret = f"what {owner} keeps to herself"
    with transaction() as tx:
        workspace = people.workspace(tx, owner, name=f"House of {owner}")
        team = people.team(tx, workspace, name=f"Team of {owner}")
        seat, other = people.seat(tx, team, owner), people.seat(tx, team, member, zone="UTC")
        prompt = Prompt.on(tx, other, date(2026, 3, 2))
        prompt.answer(tx, [("done", secret)])
        sayings.made(tx, seat, other, secret)
        delivery = mails.sent(tx, workspace, prompt, other.user.email, secret)
        publication, edition, past, snippet, unsubscribe, *reader = newsletters.made(tx, workspace, owner, secret)
        mail, attachment = mails.received(tx, workspace, secret, edition)
        address = tx.get_one(UserAddress, UserAddress.claim(tx, workspace.id, seat.user_id, f"{owner}@example.net"))
        papers = attachment, *files.imported(tx, workspace, seat.user_id, secret)
        asked = OptIn.ask(tx, tx.get_one(Subscription, token.opened("unsubscribe", unsubscribe)), BY_PAGE, secret)
        tokens = address.token, token.sealed("farewell", other.id), f"letters-of-{owner.lower()}", opt_in(asked)
        key = (_list(tx, workspace.id, secret, seat.user_id), *_key(tx, workspace.id))
        segment = _segment(tx, workspace.id, secret)
        told: tuple[tuple[str, dict[str, Any]], ...] = (
            ("import", {"import": papers[1]}),
            ("list", {"list": key[0], "conditions": {}}),
            ("deliveries", {"wanted": {}}),
        )
        made = [*(files.exported(tx, workspace.id, *each) for each in told), _verification(tx, workspace.id, secret)]
        made.append(_bulk(tx, workspace.id, publication, secret))
        session = SignIn.begin(tx, people.person(tx, f"Visitor-of-{owner}"), workspace).id
        picture = files.picture(tx, workspace.id, secret)
        belongs = tx.scalars(select(Membership.id).filter_by(workspace_id=workspace.id, user_id=other.user_id)).one()
    seats = (workspace.id, seat.user, other.user, team.id, seat.id, other.id)
    newsletter = (publication, edition, past, snippet, unsubscribe, *reader)
    return Place(
        *seats, delivery, mail, *newsletter, *papers, *tokens, *key, segment, *made, session, *picture, belongs, secret
    )


def _list(tx: Any, workspace: int, secret: str, user: int) -> int:
    """With one member, in whose name is the secret."""
    listed = List.begin(tx, workspace, secret, secret)
    listed.grow(tx, {"listed@example.com": secret}, user)
    return listed.id


def _verification(tx: Any, workspace: int, secret: str) -> int:
    """Of an address that is none."""
    asked = Verification.ask(tx, workspace, secret)
    Verification.settle(tx, asked.id, read(secret)[1])
    return asked.id


def _key(tx: Any, workspace: int) -> tuple[int, str]:
    """One for everything, that has just been used: whoever uses it again writes nothing."""
    bearer = ApiKey.issue(tx, workspace, "Everything", Scope)
    key = ApiKey.holding(tx, bearer)
    key.last_used_at = clock.now()
    return key.id, bearer


def _segment(tx: Any, workspace: int, secret: str) -> int:
    segment = Segment(workspace_id=workspace, name=secret, query=f'email contains "reader" or tag = "{secret}"')
    tx.add(segment)
    tx.flush()
    return segment.id


def _bulk(tx: Any, workspace: int, publication: int, secret: str) -> int:
    """One that has been done."""
    wanted = {"publication_id": publication, "beginning": "nobody"}
    about = {"noun": "subscribers", "wanted": wanted, "verb": "tag", "word": secret, "ip": "", "total": 0}
    change = BulkChange(workspace_id=workspace, **about, state="finished")
    tx.add(change)
    tx.flush()
    return change.id


def opt_in(number: int) -> str:
    return token.sealed("opt-in", number)


def link(user: User) -> str:
    with transaction() as tx:
        return SignIn.ask(tx, tx.get_one(User, user.id)).token
