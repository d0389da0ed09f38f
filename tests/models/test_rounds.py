"""Who is asked when, and who reads what."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

import pytest
from sqlalchemy import select

from models import rounds
from models.db import transaction
from models.digest import Digest
from models.prompt import Prompt
from models.team_member import TeamMember
from tests import people


@pytest.fixture
def team(clock):
    clock.at("2026-03-02 00:00")  # a Monday
    with transaction() as tx:
        return people.team(tx, people.workspace(tx))


def seat(team, name, **hours):
    with transaction() as tx:
        return people.seat(tx, tx.merge(team), name, **hours)


def ask(limit=100):
    with transaction() as tx:
        return rounds.ask(tx, limit)


def digest():
    with transaction() as tx:
        return rounds.digest(tx)


def days_asked():
    with transaction() as tx:
        return list(tx.scalars(select(Prompt.local_date).order_by(Prompt.id)))


def test_a_member_is_asked_on_their_own_day(team, clock):
    seat(team, "Kiri", zone="Pacific/Auckland")
    clock.at("2026-03-02 05:00")  # six in the evening there
    assert ask().members == 1
    assert days_asked() == [date(2026, 3, 2)]
    clock.at("2026-03-03 05:00")
    ask()
    assert days_asked() == [date(2026, 3, 2), date(2026, 3, 3)]


def test_a_member_is_asked_once_a_day_whatever_they_do_to_their_hour(team, clock):
    member = seat(team, "Ada")
    clock.at("2026-03-02 18:00")
    assert len(ask().delivery_ids) == 1
    with transaction() as tx:
        tx.get_one(TeamMember, member.id).keep_hours(zone="Europe/London", reminder_hour=time(19), digest_hour=time(9))
    clock.at("2026-03-02 19:00")
    assert ask() == (1, [])


def test_rounds_at_the_same_time_ask_everybody_once(team, clock):
    for name in ("Ada", "Grace", "Edith", "Joan", "Mary", "Klara"):
        seat(team, name)
    clock.at("2026-03-02 18:00")
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda _: ask(limit=2), range(8)))
    assert sorted(number for page in pages for number in page.delivery_ids) == [1, 2, 3, 4, 5, 6]


def test_a_reminder_missed_while_nothing_ran_goes_out_on_the_same_day_only(team, clock):
    seat(team, "Ada")
    clock.at("2026-03-02 23:30")
    assert len(ask().delivery_ids) == 1
    clock.at("2026-03-04 09:00")
    assert ask() == (1, [])
    clock.at("2026-03-04 18:00")
    assert len(ask().delivery_ids) == 1
    assert days_asked() == [date(2026, 3, 2), date(2026, 3, 4)]


def test_a_reminder_just_before_midnight_is_still_sent_just_after_it(team, clock):
    seat(team, "Ada", reminder=time(23, 45))
    clock.at("2026-03-03 00:15")
    assert len(ask().delivery_ids) == 1
    assert days_asked() == [date(2026, 3, 2)]


def test_nobody_is_asked_at_the_weekend_or_in_a_pause(team, clock):
    member = seat(team, "Ada")
    clock.at("2026-03-07 18:00")
    ask()
    clock.at("2026-03-08 18:00")
    assert ask().members == 0
    with transaction() as tx:
        tx.get_one(TeamMember, member.id).pause()
    clock.at("2026-03-09 18:00")
    assert ask().members == 0


@pytest.mark.parametrize(
    ("evening_before", "evening_of"),
    [("2026-03-28 18:00", "2026-03-29 17:00"), ("2026-10-24 17:00", "2026-10-25 18:00")],
)
def test_on_the_day_the_clocks_change_the_hour_stays(team, clock, evening_before, evening_of):
    member = seat(team, "Ada", zone="Europe/London")
    with transaction() as tx:
        tx.get_one(TeamMember, member.id).work_on(range(7))
    clock.at(evening_before)
    ask()
    with transaction() as tx:
        assert f"{tx.get_one(TeamMember, member.id).next_reminder_at:%Y-%m-%d %H:%M}" == evening_of


def answer(name, text):
    with transaction() as tx:
        prompt = tx.scalars(
            select(Prompt).join(TeamMember).join(TeamMember.user).filter_by(email=people.address(name))
        ).all()[-1]
        prompt.answer(tx, [("done", text)])


def test_a_day_without_a_word_has_no_digest(team, clock):
    seat(team, "Ada")
    clock.at("2026-03-02 18:00")
    ask()
    clock.at("2026-03-03 09:00")
    assert digest() == (1, [])


def test_mondays_digest_is_of_friday(team, clock):
    seat(team, "Ada")
    clock.at("2026-03-06 18:00")
    ask()
    answer("Ada", "wrote")
    clock.at("2026-03-09 09:00")
    assert len(digest().delivery_ids) == 1
    with transaction() as tx:
        assert tx.scalars(select(Digest.local_date)).all() == [date(2026, 3, 6)]


def test_a_digest_is_read_once(team, clock):
    member = seat(team, "Ada")
    clock.at("2026-03-02 18:00")
    ask()
    answer("Ada", "wrote")
    clock.at("2026-03-03 09:00")
    assert len(digest().delivery_ids) == 1
    with transaction() as tx:
        tx.get_one(TeamMember, member.id).keep_hours(zone="Europe/London", reminder_hour=time(18), digest_hour=time(10))
    clock.at("2026-03-03 10:00")
    assert digest() == (1, [])
