"""Every route there is, with a house's own numbers in it; what a request to it does."""

from sqlalchemy import text

from models import token
from models.db import Base, transaction
from tests.web import sayings

GIVEN = {"body": "x", "people": "x@example.com", "piece": "0", "member": "1", "sure": "yes"}


def pages(app, place):
    """`[(endpoint, method, path)]` of every route, with this workspace's own numbers in it."""
    known = {
        "team_id": place.team,
        "member_id": place.other_seat,
        "delivery_id": place.delivery,
        "email_id": place.mail,
        "workspace_id": place.id,
        "publication_id": place.publication,
        "edition_id": place.edition,
        "past_id": place.past,
        "snippet_id": place.snippet,
        "image_id": place.image,
        "file": place.picture,
        "reader_token": place.reader,
        "accent": "1f5fbf",
        "ground": "f4f2ee",
        "font": "serif",
        "unsubscribe_token": place.unsubscribe,
        "address_token": place.address,
        "address_id": token.opened("address", place.address),
        "farewell_token": place.farewell,
        "contact_id": place.contact,
        "subscription_id": place.subscription,
        "suppression_id": place.suppression,
        "opt_in_token": place.opt_in,
        "slug": place.slug,
        "attachment_id": place.attachment,
        "import_id": place.imported,
        "row_id": place.row,
        "export_id": place.export,
        "list_export_id": place.list_export,
        "ledger_export_id": place.ledger_export,
        "verification_id": place.verification,
        "key_id": place.key,
        "session_id": place.session,
        "membership_id": place.membership,
        "number": 1,
        "change_id": place.bulk,
        "segment_id": place.segment,
        "list_id": place.list,
        "stream": "broadcast",
        "queue": "default",
        "job_id": "a-job",
        "cause": "0123456789abcdef",
        "token": "1-0",
        "kind": "digest",
        "filename": "postroom.css",
    }
    known |= sayings.numbers(place.team)
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        assert rule.arguments <= known.keys(), f"{rule} has an argument that this test does not know"
        path = adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments})
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, path


def call(browser, method, path, bearer=""):
    """One request without following it; a POST with whatever token the browser's page has, to the API with a key."""
    if path.startswith("/api/"):
        return browser.client.open(path, method=method, headers={"Authorization": f"Bearer {bearer}"})
    form = browser.page.find(".//input[@name='csrf_token']")
    csrf = {"csrf_token": form.get("value")} if form is not None else {}
    given = GIVEN | csrf
    return browser.client.open(path, method=method, data=given if method == "POST" else None)


def rows():
    with transaction() as tx:
        return {name: tx.execute(text(f"select * from {name} order by 1")).all() for name in Base.metadata.tables}
