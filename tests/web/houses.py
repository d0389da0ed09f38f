"""Workspaces with one of everything that pages show: Ada's, and that of Charles, who must not see hers."""

import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from models import clock, token
from models.api_key import ApiKey, Scope
from models.attachment import Attachment, Enclosure
from models.bulk_change import BulkChange
from models.contact import Contact
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from models.exports.export import Export
from models.exports.export import State as ExportState
from models.image import Image
from models.imports.file import Import
from models.imports.row import ImportRow
from models.imports.work import expect
from models.inbound_email import InboundEmail, State
from models.lists.list import List
from models.membership import Membership
from models.opt_in import OptIn
from models.prompt import Prompt
from models.publication import Publication
from models.revision import Revision
from models.segments.segment import Segment
from models.sign_in import SignIn
from models.snippet import Snippet
from models.subscription import Subscription
from models.subscription_change import BY_PAGE
from models.suppression import Suppression
from models.user import User
from models.user_address import UserAddress
from models.verifying.judging import read
from models.verifying.verification import Verification
from models.workspace import Workspace
from tests import people
from tests.web import sayings

LETTER = "<h1>Hello {{ name }}</h1><a href='{{ unsubscribe_link }}'>Leave</a>"


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
        delivery = _delivery(tx, workspace, prompt, other.user.email, secret)
        publication, edition, past, snippet, unsubscribe, *reader = _newsletter(tx, workspace, owner, secret)
        mail, attachment = _mail(tx, workspace, secret, edition)
        address = tx.get_one(UserAddress, UserAddress.claim(tx, workspace.id, seat.user_id, f"{owner}@example.net"))
        files = attachment, *_import(tx, workspace, seat.user_id, secret)
        asked = OptIn.ask(tx, tx.get_one(Subscription, token.opened("unsubscribe", unsubscribe)), BY_PAGE, secret)
        tokens = address.token, token.sealed("farewell", other.id), f"letters-of-{owner.lower()}", opt_in(asked)
        key = (_list(tx, workspace.id, secret, seat.user_id), *_key(tx, workspace.id))
        segment = _segment(tx, workspace.id, secret)
        told: tuple[tuple[str, dict[str, Any]], ...] = (
            ("import", {"import": files[1]}),
            ("list", {"list": key[0], "conditions": {}}),
            ("deliveries", {"wanted": {}}),
        )
        made = [*(_export(tx, workspace.id, *each) for each in told), _verification(tx, workspace.id, secret)]
        made.append(_bulk(tx, workspace.id, publication, secret))
        session = SignIn.begin(tx, people.person(tx, f"Visitor-of-{owner}"), workspace).id
        picture = _image(tx, workspace.id, secret)
        belongs = tx.scalars(select(Membership.id).filter_by(workspace_id=workspace.id, user_id=other.user_id)).one()
    seats = (workspace.id, seat.user, other.user, team.id, seat.id, other.id)
    newsletter = (publication, edition, past, snippet, unsubscribe, *reader)
    return Place(
        *seats, delivery, mail, *newsletter, *files, *tokens, *key, segment, *made, session, *picture, belongs, secret
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


def _delivery(tx: Any, workspace: Workspace, prompt: Prompt, email: str, secret: str) -> int:
    (number,) = Delivery.address(tx, "reminder", [Addressee(workspace.id, prompt.id, email)])
    payload = json.dumps({"RecordType": "Open", "Metadata": {"delivery": str(number)}, "Tag": secret})
    event = DeliveryEvent.receive(tx, type="Open", key=secret, payload=payload)
    tx.get_one(DeliveryEvent, event).delivery_id = number
    return number


def _mail(tx: Any, workspace: Workspace, secret: str, edition: int) -> tuple[int, int]:
    """A mail that failed, from a reader, with a file and as it went over the wire."""
    payload = json.dumps({"MessageID": secret, "Subject": secret}).encode()
    number = InboundEmail.receive(
        tx,
        provider_id=secret,
        payload=payload,
        sender="somebody@example.com",
        subject=secret,
        mime=secret.encode(),
        attachments=[Enclosure("notes.txt", "text/plain", "", secret.encode())],
    )
    email = tx.get_one(InboundEmail, number)
    email.workspace_id, email.text, email.kind, email.edition_id = workspace.id, secret, "letter", edition
    email.settle(State.FAILED, "could not be understood")
    return email.id, tx.scalar(select(Attachment.id).filter_by(inbound_email_id=email.id))


def _newsletter(tx: Any, workspace: Workspace, owner: str, secret: str) -> tuple[Any, ...]:
    """A publication with one subscriber, a draft of it and one that has gone out; the reader's tokens and numbers."""
    publication = Publication(workspace=workspace, name=f"Letters of {owner}", slug=f"letters-of-{owner.lower()}")
    publication.archive = "everybody"
    contact = Contact(workspace_id=workspace.id, email=f"reader.of.{owner.lower()}@example.com")
    tx.add_all([publication, contact])
    tx.flush()
    words = {"subject": secret, "html": LETTER, "text": "{{ unsubscribe_link }}"}
    edition = Edition(workspace_id=workspace.id, publication=publication, **words)
    past = Edition(workspace_id=workspace.id, publication=publication, **words | {"subject": "Hello {{ name }}"})
    past.state, past.published_at = "sent", clock.now()
    tx.add(edition)
    tx.flush()
    tx.add(past)
    tx.flush()
    written = {"subject": secret, "preheader": "", "format": "html", "body": LETTER, "plain": "{{ unsubscribe_link }}"}
    tx.add(Revision(edition_id=edition.id, number=1, workspace_id=workspace.id, manner="saved", **written))
    barred = Suppression(workspace_id=workspace.id, email="barred@example.com", stream="broadcast", reason=secret)
    barred.origin = "Recipient"
    tx.add(barred)
    subscription = Subscription.begin(tx, publication.id, contact, consent="on paper")
    tokens = subscription.unsubscribe_token, token.sealed("reader", subscription.id)
    snippet = Snippet(workspace_id=workspace.id, name="hours", body=secret)
    tx.add(snippet)
    tx.flush()
    return publication.id, edition.id, past.id, snippet.id, *tokens, contact.id, subscription.id, barred.id


def _import(tx: Any, workspace: Workspace, user: int, secret: str) -> tuple[int, int]:
    """A file of one row that has been checked."""
    content = f"mail,name\nsomebody@example.com,{secret}\n".encode()
    options = {"team": "X", "zone": "UTC", "reminder_hour": "18:00", "digest_hour": "09:00", "invite": True}
    imported = Import(
        workspace_id=workspace.id, user_id=user, name=f"{secret}.csv", size=len(content), kind="team_members",
        encoding="utf-8", delimiter=",", columns=["mail", "name"], mapping=["email", "name"], options=options,
        state="checked",
    )  # fmt: skip
    tx.add(imported)
    tx.flush()
    imported.keep(tx, io.BytesIO(content))
    ImportRow.store(tx, workspace.id, imported.id, expect(tx, imported, [(2, ["somebody@example.com", secret])]))
    return imported.id, tx.scalar(select(ImportRow.id).filter_by(import_id=imported.id))


def _export(tx: Any, workspace: int, source: str, about: dict[str, Any]) -> int:
    """A file that has been made of it."""
    asked = {"source": source, "about": about, "form": "csv", "name": "people"}
    export = Export.ask(tx, {"workspace_id": workspace, **asked})
    export.keep(tx, b"mail\nsomebody@example.com\n")
    export.end(ExportState.MADE)
    return export.id


def _image(tx: Any, workspace: int, secret: str) -> tuple[int, str]:
    about = {"name": "loom.gif", "alt": secret, "kind": "image/gif", "ending": "gif", "width": 1, "height": 1}
    image = Image.keep(tx, workspace, f"GIF89a{workspace}".encode(), **about)
    return image.id, image.file


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
