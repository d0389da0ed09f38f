"""A newsletter of a house: a draft, an edition that has gone out, a reader, and who is barred."""

from typing import Any

from models import clock, token
from models.contact import Contact
from models.edition import Edition
from models.publication import Publication
from models.revision import Revision
from models.snippet import Snippet
from models.subscription import Subscription
from models.suppression import Suppression
from models.workspace import Workspace

LETTER = "<h1>Hello {{ name }}</h1><a href='{{ unsubscribe_link }}'>Leave</a>"


def made(tx: Any, workspace: Workspace, owner: str, secret: str) -> tuple[Any, ...]:
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


LEAVE = "{{ unsubscribe_link }}"
