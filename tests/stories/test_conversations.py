"""Mail that people send each other through ours: whom an answer names, what digests and newsletters are answered."""

import pytest
from sqlalchemy import select

from models.comment import Comment
from models.db import transaction
from models.edition import Edition
from models.entry import Entry
from models.membership import Membership
from models.publication import Publication
from models.subscription import Subscription
from models.team_member import TeamMember
from tests.stories.replies import PASSED, link, one, outcome, said, seat


def test_whom_a_mailed_answer_names_is_told_once_and_answers_its_author(postroom, asked, write):
    number = seat("Ada").id
    with transaction() as tx:
        tx.get(TeamMember, number).receipts = "always"
    write(asked, "- Note G, with @Grace\n- Ask @Ada")
    (told,) = postroom.sent(tag="notice")
    assert (told["To"], told["Subject"]) == ("grace@example.com", "Ada named you: Note G, with @Grace")
    write(postroom.sent(tag="receipt")[0], "- Note G, with @Grace and @Kenji")
    assert [mail["To"] for mail in postroom.sent(tag="notice")] == ["grace@example.com", "kenji@example.com"]
    write(postroom.sent(tag="notice")[1], "Gladly.", sender="kenji@example.com")
    number, answer = seat("Ada").user_id, one(Comment)
    assert (answer.to_user_id, answer.body, bool(answer.entry_id)) == (number, "Gladly.", True)
    assert postroom.sent(tag="notice")[2]["Subject"] == "Kenji answered: Note G, with @Grace and @Kenji"


def test_a_late_answer_counts_for_its_day_and_is_in_the_next_digest_marked_late(postroom, asked, write, clock):
    grace = postroom.sent(tag="reminder", to="grace@example.com")[0]
    write(asked, "in time")
    clock.at("2026-03-03 09:00")
    postroom.tick()
    write(grace, "days later", "grace@example.com")
    assert said() == [("done", "in time"), ("done", "days later")]
    assert {entry.local_date.isoformat() for entry in (one(Entry, body="in time"), one(Entry, body="days later"))} == {
        "2026-03-02"
    }
    clock.at("2026-03-03 18:00")
    postroom.tick()
    clock.at("2026-03-04 09:00")
    postroom.tick()
    digest = postroom.sent(tag="digest", to="ada@example.com")[-1]["TextBody"]
    assert digest.index("earlier days") < digest.index("days later")


@pytest.fixture
def digest(postroom, asked, write, clock):
    """Ada's, with something of Grace and of Kenji in it."""
    for name, text in (("grace", "- found a moth\n! no relays left"), ("kenji", "- drew a kanji")):
        write(postroom.sent(tag="reminder", to=f"{name}@example.com")[0], text, f"{name}@example.com")
    write(asked, "wrote note G")
    clock.at("2026-03-03 09:00")
    postroom.tick()
    return postroom.sent(tag="digest", to="ada@example.com")[0]


def test_an_answer_to_a_digest_is_for_whom_it_quotes_who_can_answer_back(postroom, digest, write, clock):
    quoted = "> Grace\n>   - found a moth\n>   ! no relays left\nI have two in my drawer.\n"
    quoted += "> Kenji\n>   - drew a kanji\nNice!\n"
    mail = write(digest, quoted)
    assert outcome(mail) == ("processed", "comment")
    with transaction() as tx:
        comments = tx.scalars(select(Comment).order_by(Comment.id)).all()
        told = [(each.to.display_name, each.kind, each.body) for each in comments]
    assert told == [("Grace", "comment", "I have two in my drawer."), ("Kenji", "thanks", "Nice!")]
    assert one(Entry, id=comments[0].entry_id).body == "no relays left"
    notes = {note["To"]: note for note in postroom.sent(tag="notice")}
    assert set(notes) == {"grace@example.com", "kenji@example.com"}
    assert "I have two in my drawer." in notes["grace@example.com"]["TextBody"]
    write(notes["grace@example.com"], "Bring them!", "grace@example.com")
    assert postroom.sent(tag="notice", to="ada@example.com")[0]["TextBody"].count("Bring them!") == 1
    assert len(said()) == 4  # of the day before, and none of these
    clock.at("2026-03-03 18:00")
    postroom.tick()
    clock.at("2026-03-04 09:00")
    postroom.tick()
    assert "I have two in my drawer." in postroom.sent(tag="digest", to="kenji@example.com")[-1]["TextBody"]


@pytest.mark.parametrize("quote", ['<blockquote class="gmail_quote">', '<blockquote type="cite">'])
def test_an_answer_in_html_alone_is_for_whose_part_stands_above_it(postroom, digest, write, quote):
    page = digest["HtmlBody"]
    kenji = page.rindex("<h2", 0, page.index("Kenji</h2>"))
    upper, lower = page[page.index("<h2") : kenji], page[kenji : page.index("</ul>", kenji) + 5]
    first, second = (f"{quote}{part}</blockquote>" for part in (upper, lower))
    head = '<div class="gmail_attr">On Tue, Mar 3, 2026 at 9:00 AM Engine wrote:</div>'
    html = f'<div class="gmail_quote">{head}{first}<div>I have two in my drawer.</div>{second}<div>Nice!</div></div>'
    assert outcome(write(digest, "", HtmlBody=html)) == ("processed", "comment")
    with transaction() as tx:
        comments = tx.scalars(select(Comment).order_by(Comment.id)).all()
        told = [(each.to.display_name, each.kind, each.body) for each in comments]
    assert told == [("Grace", "comment", "I have two in my drawer."), ("Kenji", "thanks", "Nice!")]
    assert [one(Entry, id=each.entry_id).body for each in comments] == ["no relays left", "drew a kanji"]


def test_thanks_above_a_digest_are_for_all(postroom, digest, write):
    body = f"Thanks, great work all!\n\nOn Tue, Mar 3, 2026 at 9:00 AM Engine wrote:\n\n> {digest['TextBody']}"
    write(digest, body.replace("\n", "\n> ").replace("> Thanks", "Thanks").replace("> \n> On", "\nOn"))
    comment = one(Comment)
    assert (comment.kind, comment.to_user_id, comment.body) == ("thanks", None, "Thanks, great work all!")
    assert postroom.sent(tag="notice") == []


def test_an_observer_is_told_that_they_read_along(postroom, digest, write):
    ada = seat("ada").user_id
    with transaction() as tx:
        tx.scalars(select(Membership).filter_by(user_id=ada)).one().role = "observer"
    assert outcome(write(digest, "Great!")) == ("bounced", "from an observer")
    (note,) = postroom.sent(tag="rejection")
    assert note["To"] == "ada@example.com" and "you read along" in note["TextBody"]
    assert outcome(write(digest, "pause")) == ("processed", "command")  # what is asked of them is theirs
    with transaction() as tx:
        assert not tx.scalars(select(Comment)).all()


def test_an_answer_to_a_newsletter_reaches_its_authors_and_can_be_passed_on(postroom, team, write):
    from jobs.editions import address_edition

    with transaction() as tx:
        publication = Publication(workspace_id=team.workspace_id, name="Letters")
        tx.add(publication)
        tx.flush()
        publication.subscribe(tx, {"reader@example.net": "Reader"}, consent="on paper")
        words = {"subject": "Note G", "html": "<p>Loops loop.</p>", "text": "Loops loop, and they do it for ever.\n"}
        edition = Edition(workspace_id=team.workspace_id, publication_id=publication.id, **words)
        tx.add(edition)
        tx.flush()
        edition.publish(tx)
    address_edition.later(edition.id)
    postroom.settle()
    (copy,) = postroom.sent(tag="edition")
    body = "Why for ever?\n\n> Loops loop, and they do it for ever.\n"
    mail = write(copy, body, "reader@example.net")
    assert (mail.kind, mail.edition_id, mail.text) == ("letter", edition.id, "Why for ever?")
    stop = write(copy, "unsubscribe", "reader@example.net")
    assert outcome(stop) == ("processed", "command")
    (note,) = postroom.sent(tag="command")
    assert (note["To"], note["Subject"]) == ("reader@example.net", "Leave Letters?")
    assert postroom.web.get(f"/{link(note)}").status_code == 200
    write(copy, "Abbestellen", "reader@example.net", headers=[PASSED])
    assert one(Subscription, publication_id=publication.id).state == "unsubscribed"
    assert postroom.sent(tag="command")[-1]["Subject"] == "You have left Letters"
