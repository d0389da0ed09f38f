"""Entries put right on the pages by whoever wrote them, and what the mails say of them afterwards."""

from datetime import date

from sqlalchemy import select

from emails.mails import load
from emails.reminder import reminder
from models import answering, carrying, rounds, sending
from models.answering import Answer
from models.db import transaction
from models.delivery import Delivery
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.prompt import Prompt
from tests import people

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def seated(clock, lines=(), at="2026-03-02 12:00"):
    clock.at(at)
    with transaction() as tx:
        team = people.team(tx, people.workspace(tx))
        seats = [people.seat(tx, team, name, zone="UTC") for name in ("Ada", "Grace")]
        Prompt.on(tx, seats[0], MONDAY).answer(tx, list(lines))
    return seats


def entries(**known):
    with transaction() as tx:
        found = tx.scalars(select(Entry).filter_by(deleted_at=None, **known).order_by(Entry.id)).all()
    return [(e.kind, e.body, e.local_date, e.outcome) for e in found]


def read(delivery_id):
    """What the mail of that delivery says."""
    from emails.mails import compose

    with transaction() as tx:
        claimed = sending.claim(tx, [delivery_id])
        about = load(tx, claimed)
    return str(compose(claimed[0], about[delivery_id]).text)


def digested(clock, at):
    clock.at(at)
    with transaction() as tx:
        ids = rounds.digest(tx).delivery_ids
    return [read(number) for number in ids]


def test_words_kind_and_day_are_changed_by_whoever_said_it_and_by_nobody_else(clock, signed_in):
    ada, grace = seated(clock, [("done", "Wrote nothe G")])
    page = signed_in(ada.user).get("/entries/1/edit").press("Save", body="Wrote note G", kind="goal")
    assert (page.path, entries()) == (f"/teams/{ada.team_id}", [("goal", "Wrote note G", MONDAY, "")])
    assert "edited" in page.text
    page.get("/entries/1/edit").press("Save", body=" ", local_date="2026-03-03")
    assert page.status == 422
    assert page.errors == ["Please fill this in.", "Please choose a day of the past year, or today."]
    page.get("/entries/1/edit").press("Save", local_date="2026-02-27")
    assert entries() == [("goal", "Wrote note G", date(2026, 2, 27), "")]
    stranger = signed_in(grace.user)
    assert stranger.get("/entries/1/edit").status == 404
    assert "Edit" not in stranger.get(f"/teams/{ada.team_id}?day=2026-02-27").text


def test_a_ticked_goal_is_done_on_the_day_it_was_ticked_and_can_be_opened_again(clock, signed_in):
    ada, _ = seated(clock, [("goal", "Have it printed"), ("blocker", "The printer is ill")])
    clock.at("2026-03-03 12:00")
    page = signed_in(ada.user).get("/today")
    assert "open since Mon 2 Mar" in page.text
    page.press("Tick")
    page.press("Resolve")
    assert entries() == [
        ("goal", "Have it printed", MONDAY, "done"),
        ("blocker", "The printer is ill", MONDAY, "resolved"),
        ("done", "Have it printed", TUESDAY, ""),
    ]
    assert "was a goal" in page.text
    assert "Still open" not in page.text
    with transaction() as tx:
        assert tx.scalar(select(Entry.goal_id).filter_by(kind="done")) == 1
    page.get(f"/teams/{ada.team_id}?day=2026-03-02").press("Open again")
    assert entries()[0] == ("goal", "Have it printed", MONDAY, "")
    assert entries(kind="done") == []


def test_whoever_only_ticked_is_asked_nevertheless(clock, signed_in):
    ada, _ = seated(clock, [("goal", "Have it printed")])
    clock.at("2026-03-02 18:00")
    with transaction() as tx:
        rounds.ask(tx)
    clock.at("2026-03-03 12:00")
    page = signed_in(ada.user).get("/today").press("Tick")
    assert "a mail asks you at 18:00" in page.text
    clock.at("2026-03-03 18:00")
    with transaction() as tx:
        assert len(rounds.ask(tx).delivery_ids) == 2
        assert rounds.ask(tx).delivery_ids == []


def test_a_goal_told_as_done_in_the_same_words_is_ticked(clock, signed_in):
    ada, _ = seated(clock, [("goal", "Have it printed")])
    clock.at("2026-03-03 12:00")
    signed_in(ada.user).get("/today").press("Add", body="have it printed\n[] Send it out")
    assert entries()[0] == ("goal", "Have it printed", MONDAY, "done")
    with transaction() as tx:
        assert [entry.body for entry in carrying.carried(tx, [(ada.team_id, date(2026, 3, 4))])] == ["Send it out"]
        assert carrying.carried(tx, [(ada.team_id, date(2026, 3, 18))]) == []


def test_the_reminder_and_the_digest_say_what_is_still_open(clock):
    ada, _ = seated(clock, [("goal", "Have it <b>printed</b>")])
    clock.at("2026-03-03 18:00")
    with transaction() as tx:
        ids = rounds.ask(tx).delivery_ids
        mails = load(tx, tx.scalars(select(Delivery).where(Delivery.id.in_(ids)).order_by(Delivery.id)).all())
    written, without = (reminder(mails[number]) for number in ids)
    assert "[ ] Have it <b>printed</b> (since Mon 2 Mar)" in str(written.text)
    assert "Have it &lt;b&gt;printed" in str(written.html)
    assert "Still open" not in str(without.text)
    with transaction() as tx:
        Prompt.on(tx, tx.merge(ada), TUESDAY).answer(tx, [("done", "Wrote")])
    first, _ = digested(clock, "2026-03-04 09:00")
    assert "[ ] Have it <b>printed</b> (since Mon 2 Mar)" in first


def test_what_is_deleted_is_read_nowhere_and_can_be_put_back(clock, signed_in):
    ada, _ = seated(clock, [("done", "Wrote note G"), ("done", "Slept")])
    page = signed_in(ada.user).get("/entries/2/edit").press("Delete")
    assert "You deleted" in page.text
    assert entries() == [("done", "Wrote note G", MONDAY, "")]
    first, _ = digested(clock, "2026-03-03 09:00")
    assert "Slept" not in first
    page = signed_in(ada.user).get(f"/teams/{ada.team_id}?day=2026-03-02").press("Put back")
    assert "Slept late" in page.text
    with transaction() as tx:
        Prompt.on(tx, tx.merge(ada), TUESDAY).answer(tx, [("done", "Woke")])
    assert "Came later, about earlier days" in digested(clock, "2026-03-04 09:00")[0]


def test_what_is_moved_is_read_once_it_is_there(clock, signed_in):
    ada, _ = seated(clock, [("done", "Slept")])
    digested(clock, "2026-03-03 09:00")
    clock.at("2026-03-03 12:00")
    with transaction() as tx:
        Prompt.on(tx, tx.merge(ada), TUESDAY).answer(tx, [("done", "Woke"), ("done", "Rose")])
    page = signed_in(ada.user).get("/today")
    page.get("/entries/1/edit").press("Save", local_date="2026-03-03")
    page.get("/entries/2/edit").press("Save", local_date="2026-02-27")
    first, _ = digested(clock, "2026-03-04 09:00")
    of_the_day, _, late = first.partition("Came later")
    assert ("Slept" in of_the_day, "Woke" in of_the_day, "Woke" in late) == (True, False, True)


def test_a_mail_that_is_read_again_does_not_undo_what_people_changed(clock, signed_in):
    ada, _ = seated(clock)
    with transaction() as tx:
        mail = InboundEmail.receive(tx, provider_id="1", payload=b"{}")
        answer = Answer(mail, Prompt.on(tx, tx.merge(ada), MONDAY), [("done", "Wrote nothe G"), ("done", "Slept")])
        answering.record(tx, [answer])
    page = signed_in(ada.user).get("/entries/1/edit").press("Save", body="Wrote note G")
    page.get("/entries/2/edit").press("Delete")
    again = answer._replace(lines=[*answer.lines, ("done", "Woke")])
    with transaction() as tx:
        assert answering.reread(tx, again, understood=answer.lines) == 1
    assert [body for _, body, _, _ in entries()] == ["Wrote note G", "Woke"]


def test_a_manager_deletes_and_resolves_and_puts_no_words_into_mouths(clock, signed_in):
    _, grace = seated(clock)
    with transaction() as tx:
        Prompt.on(tx, tx.merge(grace), MONDAY).answer(tx, [("blocker", "No relays"), ("goal", "Find the moth")])
    ada = signed_in(people_named("Ada")).get("/today")
    ada.press("Resolve")
    assert entries()[0] == ("blocker", "No relays", MONDAY, "resolved")
    token = ada.page.find(".//input[@name='csrf_token']").get("value")

    def post(path, **fields):
        return ada.client.post(path, data={"csrf_token": token, **fields}).status_code

    assert post("/entries/2/closing", outcome="done") == post("/entries/2", body="x") == 404
    assert post("/entries/2/closing", outcome="resolved") == 404
    assert post("/entries/2/deletion") == 302
    assert post("/entries/2/restoration") == 404


def people_named(name):
    with transaction() as tx:
        return people.person(tx, name)
