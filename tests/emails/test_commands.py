"""Commands, days and vacation notes in many languages."""

from datetime import date

import pytest

from emails.commands import Command, Verb, away_until, command
from emails.machines import sign
from emails.words import begins_with, is_made_of

MONDAY = date(2026, 3, 2)
THREE_DAYS = date(2026, 3, 5)
WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "pause 3 days", "Pause for three days, please.", "Pause 3 Tage", "pause 3 jours", "pausa 3 dias",
        "pausa 3 días",
        "pausa 3 giorni", "pauze 3 dagen", "paus 3 dagar", "pause 3 dage", "pause 3 dager", "tauko 3 päivää",
        "pauza 3 dni", "pauza 3 dny", "пауза 3 дня", "пауза 3 дні", "duraklat 3 gün", "tạm dừng 3 ngày",
        "השהה 3 ימים", "إيقاف مؤقت 3 أيام", "3日間休止", "暂停3天", "일시중지 3일",
    ],
)  # fmt: skip
def test_a_pause_of_days_is_understood(text):
    assert command(text, MONDAY) == Command(Verb.PAUSE, THREE_DAYS)


@pytest.mark.parametrize(
    "text",
    [
        "Out until Wednesday", "I'm away till Wed.", "weg bis Mittwoch", "absent jusqu'à mercredi",
        "fuera hasta el miércoles", "ausente até quarta-feira", "assente fino a mercoledì", "afwezig tot woensdag",
        "borta till onsdag", "væk til onsdag", "borte til onsdag", "poissa keskiviikkoon asti", "nieobecny do środy",
        "pryč do středy", "в отпуске до среды", "у відпустці до середи", "çarşambaya kadar izinliyim",
        "vắng mặt đến thứ tư", "בחופשה עד יום רביעי", "في إجازة حتى الأربعاء", "水曜日まで不在", "休假到星期三",
        "수요일까지 부재중", "out until 2026-03-04", "out until 4 March", "away until 4.3.",
    ],
)  # fmt: skip
def test_out_until_a_day_is_understood(text):
    assert command(text, MONDAY) == Command(Verb.PAUSE, WEDNESDAY)


@pytest.mark.parametrize("text", ["stop", "STOP!", "Unsubscribe", "stopp", "стоп", "停止", "afmelden", "désabonner"])
def test_stop_is_understood(text):
    assert command(text, MONDAY) == Command(Verb.STOP)


@pytest.mark.parametrize(
    "text",
    [
        "", "Out with customers until three", "Paused the rollout until Wednesday", "Stop the press", "vacation",
        "pause 3 days\nfixed the parser", "Wednesday", "3 days", "Fixed pause", "skip", "until Wednesday", "x" * 100,
        "pause 9999 days", "out until 31.2.", "pause 9" + "9" * 60 + " days",
    ],
)  # fmt: skip
def test_what_is_work_is_no_command(text):
    assert command(text, MONDAY) is None


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("I am out of the office until March 9th. For urgent matters call 0123 456.", "2026-03-09"),
        ("Ich bin vom 2. bis einschließlich 6. März nicht im Büro.", "2026-03-07"),
        ("Ich bin ab dem 10.03.2026 wieder erreichbar.", "2026-03-10"),
        ("Je suis absent jusqu'au 16/03/2026.", "2026-03-16"),
        ("Thank you for your mail. I'll be back on Monday, 16 March.", "2026-03-16"),
        ("Estaré fuera de la oficina hasta el 12 de marzo.", "2026-03-12"),
        ("3月10日まで不在にしております。", "2026-03-10"),
        ("I am away.", None),
        ("Our office moved on 9 March.", None),
        ("I am out until 3 March 2031.", None),
        ("I was out until 1 March 2026.", None),
    ],
)
def test_a_vacation_note_says_when_they_are_back(note, until):
    assert away_until(note, MONDAY) == (date.fromisoformat(until) if until else None)


def test_a_day_that_two_continents_read_differently_is_not_guessed():
    assert away_until("I am out until 03/04/2026", MONDAY) is None
    assert away_until("I am out until 03/20/2026", MONDAY) == date(2026, 3, 20)


def test_thanks_are_told_from_what_only_begins_with_them():
    assert is_made_of("Thanks, great work all!", "thanks") and is_made_of("Vielen Dank!", "thanks")
    assert not is_made_of("Thanks for the fish", "thanks")


@pytest.mark.parametrize(
    "subject", ["Automatic reply: it", "Abwesenheitsnotiz: x", "Réponse automatique : x", "自動応答: x"]
)
def test_subjects_of_automatic_replies_are_known(subject):
    assert begins_with(subject, "auto")
    assert sign("a@example.com", subject, {}).kind == "auto-reply"
    assert sign("a@example.com", f"Re: {subject}", {}) is None
