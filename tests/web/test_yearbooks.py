"""A month at a glance, and what one person has said over the years."""

from datetime import date, timedelta

from models import history, rounds
from models.db import transaction
from models.prompt import Prompt
from tests import people
from web.charts.heat import Heat

TODAY = date(2026, 3, 13)  # a Friday


def seated(clock):
    clock.at("2026-03-02 08:00")
    with transaction() as tx:
        place = people.workspace(tx)
        team, other = people.team(tx, place), people.team(tx, place, "Relays")
        grace, elsewhere = people.seat(tx, team, "Grace", zone="UTC"), people.seat(tx, other, "Grace", zone="UTC")
        ada, kenji = people.seat(tx, team, "Ada", zone="UTC"), people.seat(tx, other, "Kenji", zone="UTC")
        for day in (2, 3, 4, 5, 6, 9, 10):
            Prompt.on(tx, grace, date(2026, 3, day)).answer(tx, [("done", f"Day {day}"), ("goal", "More")])
        Prompt.on(tx, elsewhere, date(2026, 3, 9)).answer(tx, [("done", "Elsewhere")])
        Prompt.on(tx, ada, date(2026, 3, 9)).answer(tx, [("done", "Wrote")])
        for n in range(20):
            Prompt.on(tx, grace, date(2025, 1, 1) + timedelta(days=n)).answer(tx, [("done", f"Old {n}")])
    return grace, kenji


def test_a_month_says_who_answered_how_much_was_said_and_what_has_gone_out(clock, signed_in):
    grace, kenji = seated(clock)
    clock.at("2026-03-10 09:00")
    with transaction() as tx:
        rounds.digest(tx)
    page = signed_in(grace.user).get(f"/teams/{grace.team_id}").get(f"/teams/{grace.team_id}/calendar")
    said = {cell.find("a").text: cell.text_content().split() for cell in page.page.xpath("//td[a]")}
    assert said["9"] == ["9", "2", "answered", "3", "entries", "✓", "digest"]
    assert said["3"][1:] == ["1", "answered", "2", "entries"]
    assert "31" not in said  # which is not over
    assert "2025" in page.get(f"/teams/{grace.team_id}/calendar?month=2025-01").text
    for asked in ("2026-13", "x", "9999-01", "0000-00"):
        assert "March 2026" in page.get(f"/teams/{grace.team_id}/calendar?month={asked}").text
    stranger = signed_in(kenji.user)
    assert stranger.get(f"/teams/{grace.team_id}/calendar").status == 404
    assert "3 entries" in page.get(f"/team-members/{grace.id}/calendar?month=2026-03").text


def test_a_persons_history_is_what_the_visitor_may_read_of_it_page_by_page(clock, signed_in):
    grace, kenji = seated(clock)
    clock.at("2026-03-10 12:00")
    page = signed_in(grace.user).get(f"/team-members/{grace.id}/history")
    assert "15 entries on 7 days of 2026" in page.text
    assert "Days in a row7" in page.text
    assert "Elsewhere" in page.text
    assert len(page.page.xpath("//*[@class='level-4']")) == 1
    earlier = page.page.xpath("//a[text()='Earlier days']/@href")[0]
    page.get(earlier)
    assert ("20 entries on 20 days of 2025" in page.text, "Old 0" in page.text) == (True, True)
    assert "Earlier days" not in page.text
    stranger = signed_in(kenji.user)
    assert stranger.get(f"/team-members/{grace.id}/history").status == 404
    theirs = stranger.get(f"/team-members/{grace.id + 1}/history").text
    assert ("Elsewhere" in theirs, "Day 9" in theirs) == (True, False)


def test_of_a_day_on_which_much_was_said_a_page_shows_the_first(clock, signed_in):
    grace, _ = seated(clock)
    lines = [("done", f"Line {n}") for n in range(history.SHOWN)]
    with transaction() as tx:
        Prompt.on(tx, tx.merge(grace), date(2026, 3, 10)).answer(tx, lines)
    clock.at("2026-03-10 12:00")
    page = signed_in(grace.user).get(f"/team-members/{grace.id}/history")
    assert (f"Line {history.SHOWN - 3}" in page.text, f"Line {history.SHOWN - 2}" in page.text) == (True, False)
    assert page.page.xpath("//a[text()='2 more']/@href") == [f"/teams/{grace.team_id}?day=2026-03-10"]


def test_days_that_are_not_worked_and_a_day_that_is_not_over_break_no_row():
    week = {date(2026, 3, day) for day in (5, 6, 9, 10, 11, 12)}
    assert history.streak(week, TODAY, {0, 1, 2, 3, 4}) == 6
    assert history.streak(week - {date(2026, 3, 9)}, TODAY, {0, 1, 2, 3, 4}) == 3
    assert history.streak(set(), TODAY, set()) == history.streak(set(), TODAY, {0}) == 0


def test_every_day_of_a_year_has_its_square():
    heat = Heat("Grace in 2024", 2024, {date(2024, 1, 1): 1, date(2024, 12, 31): 8})
    halves = heat.halves()
    cells = [cell for half in halves for cell in half.cells]
    assert (len(cells), sum(len({(cell.x, cell.y) for cell in half.cells}) for half in halves)) == (366, 366)
    assert [name for half in halves for _, name in half.names][5:7] == ["Jun", "Jul"]
    assert (cells[0].level, cells[1].level, cells[-1].level) == (1, 0, 4)
    assert max(cell.x for cell in cells) + 10 <= heat.width and max(cell.y for cell in cells) < heat.height
