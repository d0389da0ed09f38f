"""What readers do on our pages and at Postmark, and the mail that takes them there."""

import re
from email import message_from_string
from email.policy import default

from sqlalchemy import select

from jobs.editions import address_edition
from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.subscription import Subscription
from models.subscription_change import SubscriptionChange
from tests.web.browser import html

PAGE = "/subscribe/notes"
READER, OTHER = "reader@example.com", "other@example.com"
TOKEN = {"X-Postmark-Server-Token": "a-token-of-the-sandbox", "Accept": "application/json"}
LETTER = "<p>News.</p><a href='{{ unsubscribe_link }}'>Leave</a> <a href='{{ preferences_link }}'>Choose</a>"
PLAIN = "News. {{ unsubscribe_link }} {{ preferences_link }}"


def sign_up(postroom, clock, email):
    """The form as the page has it, a moment later."""
    form = html.fromstring(postroom.web.get(PAGE).text).forms[0]
    clock.forward(seconds=5)
    return postroom.web.post(PAGE, data={"stamp": form.fields["stamp"], "email": email, "name": "Reader"})


def path_in(mail, kind):
    return re.search(rf"/{kind}/[0-9a-f-]+", mail["TextBody"]).group()


def way_out(mail):
    """Ours, also in a mail whose own way out is Postmark's."""
    return path_in(mail, "preferences").replace("/preferences/", "/unsubscribe/")


def send(postroom, publication, subject="News"):
    """An edition; the mails by whom they went to."""
    with transaction() as tx:
        edition = Edition(
            workspace_id=publication.workspace_id,
            publication_id=publication.id,
            subject=subject,
            html=LETTER,
            text=PLAIN,
        )
        tx.add(edition)
        tx.flush()
        assert edition.publish(tx)
    address_edition.later(edition.id)
    postroom.settle()
    return {mail["To"].rpartition("<")[2].strip(">"): mail for mail in postroom.sent(subject=subject)}


def history(email=READER):
    with transaction() as tx:
        found = tx.scalars(select(Subscription).join(Contact).where(Contact.email == email)).one()
        return found.state, [(each.after, each.how) for each in SubscriptionChange.of(tx, [found.id])][1:]


def listed(postroom):
    dump = postroom.sandbox.get("/message-streams/broadcast/suppressions/dump", headers=TOKEN).json()
    return [row["EmailAddress"] for row in dump["Suppressions"]]


def ways_out(raw):
    """`{media type: [link to leave]}` of a mail as it arrived."""
    parts = [part for part in message_from_string(raw, policy=default).walk() if not part.is_multipart()]
    return {
        part.get_content_type(): re.findall(r"http[^\s\"'<>]+/unsubscribe/[\w-]+", part.get_content()) for part in parts
    }
