"""An archive, what stands in it, and who may read it."""

from datetime import timedelta

from lxml import html

from models import clock
from models.db import transaction
from models.edition import Edition
from models.publication import Publication

HTML = """<html><head><style>p { color: red }</style></head><body onload="x()"><h1>Hello {{ name }}</h1>
<p style="color: red" onclick="x()">The engine weaves <b>patterns</b> in {{ attributes.city | default("your <city>") }}.
<script>x()</script><a href="javascript:x()">here</a></p>
<img src="https://example.com/a.png" alt="A loom" onerror="x()"><img src="http://example.com/b.png" alt="">
<table role="presentation"><tr><td><p>Placed</p></td></tr></table>
<table><tr><th>Card</th></tr><tr><td>Punched</td></tr></table>
<p><a href="{{ web_link }}">Read it in the browser</a></p>
<p><a href="{{ unsubscribe_link }}">Leave</a></p></body></html>"""


def write(ada, subject, text="", *, state="sent", days=0, html=HTML, **columns):
    """Another edition of Ada's that has gone out; its id."""
    with transaction() as tx:
        about = {"workspace_id": ada.id, "publication_id": ada.publication, "html": html, "text": text}
        edition = Edition(subject=subject, **about | columns)
        edition.state, edition.published_at = state, clock.now() + timedelta(days=days)
        tx.add(edition)
        tx.flush()
        return edition.id


HOME = "/archive/letters-of-ada"


def titles(answer):
    return [each.text_content() for each in html.fromstring(answer.get_data()).xpath("//ol//h2")]


def archive_is(ada, readers):
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).archive = readers
