"""A small form of a list that lacked something keeps what was typed, and says beside the field what it lacks."""

from sqlalchemy import select

from models.comment import Comment
from models.contact import Contact
from models.db import transaction
from models.suppression import Suppression
from tests.web.routes import rows


def asked_again(page, problem):
    """What is in the field that is asked for again."""
    assert page.status == 422 and problem in page.errors[0]
    (field,) = page.page.xpath("//*[@aria-invalid='true']")
    assert field.get("aria-describedby") == page.page.find_class("errors")[0].get("id")
    return field.value


def test_it_is_put_right_and_sent_and_until_then_nothing_happens(ada, adas):
    before = rows()
    long = "Why not? " * 700
    typed = asked_again(adas.get(f"/teams/{ada.team}?day=2026-03-02").press("Say it", body=long), "at most 5,000")
    assert typed == long and "Go back" in adas.text
    assert asked_again(adas.press("Send it", body=" "), "Please write something.") == " "
    asked_again(adas.get("/today").press("Add", body=""), "at least one line")
    asked_again(adas.get("/suppressions").press("Lift", because=" "), "Please say why.")
    erased = adas.get(f"/contacts/{ada.contact}").press("Erase for good", email="somebody@example.com")
    assert asked_again(erased, "nothing was erased") == "somebody@example.com"
    mail = adas.get(f"/inbound-emails/{ada.mail}").press("Re-route", day="soon")
    assert asked_again(mail, "such as 2026-03-31") == "soon"
    assert rows() == before
    adas.get("/suppressions").press("Lift").press("Send it", because="a new mailbox")
    adas.get(f"/teams/{ada.team}?day=2026-03-02").press("Say it", body="").press("Send it", body="It works.")
    with transaction() as tx:
        assert tx.scalars(select(Suppression.lifted_because).where(Suppression.lifted_at.is_not(None))).all()
        assert tx.scalars(select(Comment.body).order_by(Comment.id.desc())).first() == "It works."


def test_who_was_ticked_stays_so_while_the_tag_is_asked_for(ada, adas):
    with transaction() as tx:
        numbers = [str(number) for number in tx.scalars(select(Contact.id).filter_by(workspace_id=ada.id))]
    asked_again(adas.get("/contacts").press("Do it", row=numbers, do="tag"), "Please give the tag.")
    assert f"{len(numbers)} tagged “vip”" in adas.press("Send it", word="vip").text
    everybody = adas.get(f"/publications/{ada.publication}/subscribers").press("Do it", do="tag", whom="all")
    asked_again(everybody, "Please give the tag.")
    asked_again(adas.press("Send it", word="x" * 81), "at most 80")
    assert "Tag with “vip”?" in adas.press("Send it", word="vip").text
