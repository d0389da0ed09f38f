"""A newsletter by programs alone: begun, joined, written, sent to some of its readers, read by all, told about."""

import pytest
from lxml import etree

from models.api_key import ApiKey, Scope
from models.brand import Brand
from models.db import transaction
from models.publication import Publication
from models.snippet import Snippet
from tests import people

GRACE, KENJI, LIN = "grace@example.net", "kenji@example.net", "lin@example.net"
BODY = """# Hello {{ first_name | default("there") }}

It is {{ attributes.city | default("nowhere") }}. {{ snippets.hours }}
"""


class Program:
    """It has a key and nothing else."""

    def __init__(self, postroom, clock):
        with transaction() as tx:
            self.workspace = people.workspace(tx).id
            bearer = ApiKey.issue(tx, self.workspace, "A program", Scope)
        self.postroom, self.clock, self.headers = postroom, clock, {"Authorization": f"Bearer {bearer}"}
        self.publication = self.post("publications", name="Notes", slug="notes", archive="everybody", tracks=True)["id"]
        self.post("subscribers", **self.reader(GRACE, "Grace H"), attributes={"city": "Paris"}, tags=["vip"])
        self.post("subscribers", **self.reader(KENJI, "Kenji"), tags=["vip"])
        self.post("subscribers", **self.reader(LIN, ""))

    def reader(self, email, name):
        return {"publication": self.publication, "email": email, "name": name, "state": "active", "consent": "on paper"}

    def get(self, path):
        return self.postroom.web.get(f"/api/v1/{path}", headers=self.headers).raise_for_status().json()

    def post(self, path, **body):
        return self.postroom.web.post(f"/api/v1/{path}", headers=self.headers, json=body).raise_for_status().json()

    def write(self, body, **words):
        draft = {"publication": self.publication, "subject": "News", "body": body}
        return self.post("editions", **draft | words)["edition"]

    def send(self, edition):
        """Until everybody has it; the mails by the address they went to."""
        assert self.post(f"editions/{edition}/publication", anyway=True) == {"published": True}
        self.clock.forward(seconds=31)
        self.postroom.tick()
        self.postroom.tick()
        return {mail["To"].rpartition("<")[2].strip(">"): mail for mail in self.postroom.sent(tag="edition")}


@pytest.fixture
def program(postroom, clock):
    return Program(postroom, clock)


def test_it_is_sent_and_what_came_of_it_is_told(program, postroom):
    edition = program.write("See [the archive]({{ web_link }}).")
    mails = program.send(edition)
    assert mails.keys() == {GRACE, KENJI, LIN}
    told = program.get(f"editions/{edition}")
    assert (told["state"], told["audience"], told["states"], told["balances"]) == ("sent", 3, {"delivered": 3}, True)
    postroom.reply(mails[KENJI], "Thank you!")
    postroom.sandbox.post(f"/sandbox/messages/{mails[LIN]['id']}/bounce", json={}).raise_for_status()
    postroom.settle()
    results = program.get(f"editions/{edition}/results")
    assert {word: results[word] for word in ("delivered", "bounced", "replied", "left")} == {
        "delivered": 2,
        "bounced": 1,
        "replied": 1,
        "left": 0,
    }
    standing = program.get(f"publications/{program.publication}")["standing"]
    assert standing == {"active": 2, "bounced": 1}


def test_only_those_in_a_saved_segment_get_it(program):
    segment = program.post("segments", name="Friends", query='tag = "vip" and not city is missing')
    assert segment["count"] == 1
    edition = program.write("For few.")
    meant = program.post(f"editions/{edition}/audience", meant_for='in segment "Friends"')
    assert meant["counts"] == {"not meant": 2, "gets it": 1}
    assert program.send(edition).keys() == {GRACE}
    again = program.write("For those who missed it.")
    program.post(f"editions/{again}/audience", meant_for=f"not sent edition {edition}")
    program.postroom.sandbox.delete("/sandbox/record")
    assert program.send(again).keys() == {KENJI, LIN}


def test_what_was_written_arrives_in_its_clothes_with_everybodys_own_values(program):
    with transaction() as tx:
        tx.add(Snippet(workspace_id=program.workspace, name="hours", body="We are **open**."))
        tx.get_one(Publication, program.publication).brand = Brand(accent="#7a1fbf", address="1 Mill Lane").kept()
    mails = program.send(program.write(BODY, preheader="Of moths"))
    grace, lin = mails[GRACE], mails[LIN]
    assert "Hello Grace" in grace["HtmlBody"] and "It is Paris." in grace["TextBody"]
    assert "Hello there" in lin["HtmlBody"] and "It is nowhere." in lin["TextBody"]
    for mail in mails.values():
        assert "<strong>open</strong>" in mail["HtmlBody"] and "#7a1fbf" in mail["HtmlBody"]
        assert "Of moths" in mail["HtmlBody"]
        assert all("1 Mill Lane" in mail[part] for part in ("HtmlBody", "TextBody"))


def test_what_was_sent_is_in_the_archive_and_in_its_feed_for_everybody(program, postroom):
    edition = program.write(BODY.replace("{{ snippets.hours }}", "Relays click."))
    assert "News" not in postroom.web.get("/archive/notes").text
    program.send(edition)
    assert "News</a>" in postroom.web.get("/archive/notes?q=relays").raise_for_status().text
    page = postroom.web.get(f"/archive/notes/{edition}").raise_for_status().text
    assert "Hello there" in page and 'property="og:title"' in page and 'rel="canonical"' in page
    feed = etree.fromstring(postroom.web.get("/archive/notes/feed.xml").raise_for_status().content)
    assert feed.xpath("//item/title/text()") == ["News"]
    assert feed.xpath("//item/link/text()") == [f"{people.BASE_URL}/archive/notes/{edition}"]
