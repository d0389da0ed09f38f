"""People told from machines: cases with what they are."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from models.traces.judging import judged
from models.traces.link import written
from models.traces.sight import CANARY, Sight, without_whereabouts

SENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
YAHOO = "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"
OUTLOOK = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; ms-office; MSOffice 16)"
HIDDEN = f"https://postroom.example{CANARY}"


def seen(after, agent=CHROME, link=""):
    return Sight(SENT + timedelta(seconds=after), agent, f"https://example.com/{link}" if link else "")


def hidden(after, agent=CHROME):
    return Sight(SENT + timedelta(seconds=after), agent, HIDDEN)


# what happened to one delivery, and by whom each of it was
CASES = {
    "a person opens at their desk": ([seen(3600)], "person"),
    "a person opens on a telephone and clicks": ([seen(90, IPHONE), seen(120, IPHONE, "a")], "person person"),
    "a person reads in Outlook": ([seen(600, OUTLOOK)], "person"),
    "a person reads in Gmail, whose proxy fetches": ([seen(1800, GMAIL)], "person"),
    "a person reads in Yahoo Mail": ([seen(45, YAHOO)], "person"),
    "a person clicks without loading pictures": ([seen(400, CHROME, "a")], "person"),
    "a person clicks two links, one after the other": (
        [seen(60), seen(70, link="a"), seen(75, link="b")],
        "person person person",
    ),
    "a person clicks the same link twice": ([seen(60, link="a"), seen(60.4, link="a")], "person person"),
    "Apple fetches mail that nobody has looked at": ([seen(900, "Mozilla/5.0")], "machine"),
    "Apple fetches, then its owner clicks": (
        [seen(30, "Mozilla/5.0"), seen(7200, IPHONE, "a")],
        "machine person",
    ),
    "Gmail fetches as the letter comes": ([seen(4, GMAIL)], "machine"),
    "Gmail fetches as the letter comes, and again when read": ([seen(4, GMAIL), seen(900, GMAIL)], "machine person"),
    "a scanner follows every link, the hidden one first": (
        [hidden(6), seen(6.2, link="a"), seen(9, link="b"), seen(14, link="c")],
        "machine machine machine machine",
    ),
    "a scanner follows every link, the hidden one last": (
        [seen(30, link="a"), seen(35, link="b"), hidden(40)],
        "machine machine machine",
    ),
    "a scanner opens the letter besides": ([seen(29), hidden(30)], "machine machine"),
    "a scanner in the morning, a person at noon": (
        [hidden(3), seen(4, link="a"), seen(10_000), seen(10_060, link="b")],
        "machine machine person person",
    ),
    "a scanner that looks for no hidden links": (
        [seen(300, link="a"), seen(300.2, link="b"), seen(300.4, link="c")],
        "machine machine machine",
    ),
    "two links within a second": ([seen(300, link="a"), seen(300.5, link="b")], "unsure unsure"),
    "a browser within seconds": ([seen(2), seen(3, link="a")], "unsure unsure"),
    "something that says nothing of itself": ([seen(500, ""), seen(501, "", "a")], "unsure unsure"),
    "a program by its own name": ([seen(500, "python-requests/2.32", "a")], "machine"),
    "a crawler": ([seen(86_400, "Mozilla/5.0 (compatible; Googlebot/2.1)", "a")], "machine"),
    "a gateway by its own name": ([seen(500, "Barracuda Sentinel (EE)", "a")], "machine"),
    "a preview in a chat": ([seen(500, "Slackbot-LinkExpanding 1.0", "a")], "machine"),
    "clocks that differ say nothing": ([seen(-20), seen(-10, link="a")], "person person"),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_who_it_was(case):
    sights, by = CASES[case]
    verdicts = judged(SENT, sights)
    assert [verdict.by for verdict in verdicts] == by.split()
    assert all(verdict.reason for verdict in verdicts)


@pytest.mark.parametrize("case", CASES)
def test_the_order_in_which_they_come_changes_nothing(case):
    sights, by = CASES[case]
    told = [*zip(sights, by.split(), strict=True)]
    random.Random(7).shuffle(told)
    assert [verdict.by for verdict in judged(SENT, [sight for sight, _ in told])] == [by for _, by in told]


def test_without_knowing_when_it_was_sent_a_browser_is_a_person():
    assert [verdict.by for verdict in judged(None, [seen(1)])] == ["person"]


def test_many_clicks_at_once_take_no_time():
    sights = [seen(300 + number / 200, link=str(number)) for number in range(100)]
    assert {verdict.by for verdict in judged(SENT, sights)} == {"machine"}


@pytest.mark.parametrize(
    ("payload", "at", "link"),
    [
        ('{"ReceivedAt": "2026-03-02T08:59:00.1234567Z", "OriginalLink": "https://a.b/"}', "08:59:00", "https://a.b/"),
        ('{"ReceivedAt": "2031-03-02T08:59:00Z"}', "09:00:00", ""),
        ('{"ReceivedAt": "yesterday", "OriginalLink": 7, "Client": "x", "Geo": []}', "09:00:00", ""),
        ("[]", "09:00:00", ""),
    ],
)
def test_an_event_is_read_whatever_is_in_it(payload, at, link):
    sight = Sight.read("Click", payload, SENT)
    assert (f"{sight.at:%H:%M:%S}", sight.link) == (at, link)


def test_of_where_somebody_is_only_the_country_is_kept():
    told = {"RecordType": "Open", "Geo": {"CountryISOCode": "GB", "City": "London", "IP": "203.0.113.42"}}
    assert without_whereabouts(told)["Geo"] == {"CountryISOCode": "GB"}
    assert without_whereabouts({"RecordType": "Bounce"}) == {"RecordType": "Bounce"}


@pytest.mark.parametrize(
    ("clicked", "counted"),
    [
        ("https://example.com/plain?a=1&b=2", "https://example.com/plain?a=1&b=2"),
        ("https://example.com/n?reader=ada@example.com", "https://example.com/n?reader={{ email }}"),
        ("https://example.com/other", "https://example.com/other"),
        ("https://postroom.test/unsubscribe/Ab3_x-9.token", "https://postroom.test/unsubscribe"),
    ],
)
def test_a_link_is_counted_as_its_author_wrote_it(clicked, counted):
    html = (
        '<a href="https://example.com/plain?a=1&amp;b=2">x</a><a href="https://example.com/n?reader={{ email }}">y</a>'
    )
    assert written(clicked, html, "") == counted
