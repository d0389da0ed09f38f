"""Past editions as readers find them: the list, a page each, the feed; and who finds what."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import etree, html

from emails import links
from models import clock, open_editions
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.subscription import Subscription

RSS = etree.RelaxNG(etree.parse(Path(__file__).parent.parent / "files" / "rss.rng"))
HTML = """<html><head><style>p { color: red }</style></head><body onload="x()"><h1>Hello {{ name }}</h1>
<p style="color: red" onclick="x()">The engine weaves <b>patterns</b> in {{ attributes.city | default("your <city>") }}.
<script>x()</script><a href="javascript:x()">here</a></p>
<img src="https://example.com/a.png" alt="A loom" onerror="x()"><img src="http://example.com/b.png" alt="">
<table role="presentation"><tr><td><p>Placed</p></td></tr></table>
<table><tr><th>Card</th></tr><tr><td>Punched</td></tr></table>
<p><a href="{{ web_link }}">Read it in the browser</a></p>
<p><a href="{{ unsubscribe_link }}">Leave</a></p></body></html>"""


@pytest.fixture
def write(ada):
    """Another edition of Ada's that has gone out; its id."""

    def written(subject, text="", *, state="sent", days=0, html=HTML, **columns):
        with transaction() as tx:
            about = {"workspace_id": ada.id, "publication_id": ada.publication, "html": html, "text": text}
            edition = Edition(subject=subject, **about | columns)
            edition.state, edition.published_at = state, clock.now() + timedelta(days=days)
            tx.add(edition)
            tx.flush()
            return edition.id

    return written


@pytest.fixture
def get(app):
    """A request as a stranger's browser makes it."""
    return lambda path, **headers: app.test_client().get(path, headers=headers)


HOME = "/archive/letters-of-ada"


def titles(answer):
    return [each.text_content() for each in html.fromstring(answer.get_data()).xpath("//ol//h2")]


def archive_is(ada, readers):
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).archive = readers


def test_the_list_shows_what_was_sent_newest_first_and_nothing_else(ada, get, write):
    write("Second", days=1)
    write("Third", days=2)
    write("On its way", state="sending", days=3)
    write("Canceled", state="canceled", days=4)
    write("Hidden", shown_to="nobody", days=5)
    again = write("Sent to the rest", days=6)
    with transaction() as tx:
        edition = tx.get_one(Edition, again)
        edition.state, edition.rest_at = "sending", clock.now()
    assert titles(get(HOME)) == ["Sent to the rest", "Third", "Second", "Hello reader"]
    assert ada.secret not in get(HOME).text


def test_an_edition_says_what_was_sent_to_nobody_in_particular_and_nothing_in_it_acts(ada, get, write):
    answer = get(f"{HOME}/{write('News for {{ name }}')}")
    page = html.fromstring(answer.get_data())
    words = page.find_class("words")[0]
    said = " ".join(words.text_content().split())
    assert page.find(".//h1").text == "News for reader"
    assert "Hello reader" in said and "in your <city>." in said and "Placed" in said
    assert "Leave" not in said and "browser" not in said and "x()" not in said
    assert words.xpath(".//img/@src") == ["https://example.com/a.png"] and words.xpath(".//img/@alt")[0] == "A loom"
    assert not page.xpath("//script | //style | //@style | //@onclick | //@onerror | //a[starts-with(@href, 'java')]")
    assert len(words.findall(".//table")) == 1 and words.find(".//td").text == "Punched"
    assert not page.xpath("//article//h1[ancestor::div]")


def test_a_heading_that_repeats_the_subject_is_said_once(ada, get, write):
    number = write("Hello {{ name }}")
    page = html.fromstring(get(f"{HOME}/{number}").get_data())
    assert [each.text for each in page.xpath("//h1 | //h2")] == ["Hello reader"]


def test_whoever_shares_it_gives_its_address_its_title_and_a_picture(ada, get, write):
    number = write("News")
    page = html.fromstring(get(f"{HOME}/{number}?utm_source=x").get_data())
    address = f"http://postroom.test{HOME}/{number}"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    told = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    expected = {"og:type": "article", "og:title": "News", "og:url": address, "og:image": "https://example.com/a.png"}
    assert told.items() >= expected.items()
    assert told["og:description"].startswith("The engine weaves patterns")


def test_it_may_be_kept_by_anybody_and_sets_no_cookie(ada, get, adas):
    for path in (HOME, f"{HOME}/{ada.past}", f"{HOME}/feed.xml"):
        answer = get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=300"), path
        assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
        assert get(path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert adas.client.get(path).text == answer.text


def test_words_find_editions_by_their_beginnings_in_subject_and_text(ada, get, write):
    write("Looms", "What Jacquard's cards do.", days=1)
    write("Engines", "Weaving algebra.", days=2)
    write("For some", "Weaving in secret.", days=3, shown_to="subscribers")
    assert titles(get(f"{HOME}?q=weav")) == ["Engines"]
    assert titles(get(f"{HOME}?q=JACQUARD+loom")) == ["Looms"]
    for odd in ("nothing", "'", "& | !", "\\", "a:*b", "<->", "x" * 5_000, "🙂", "_"):
        answer = get(f"{HOME}?{urlencode({'q': odd})}")
        assert answer.status_code == 200 and titles(answer) == [], odd


def test_a_long_list_comes_by_the_page(ada, get, write):
    for number in range(44):
        write(f"Number {number}", "Looms", days=number - 100)
    seen, path = [], f"{HOME}?q=looms"
    while path:
        answer = get(path)
        seen += titles(answer)
        path = next(iter(html.fromstring(answer.get_data()).xpath("//a[@rel='next']/@href")), None)
    assert seen == [f"Number {number}" for number in reversed(range(44))]
    assert get(f"{HOME}?before=999999999999999999").status_code == get(f"{HOME}?before=x").status_code == 200


def test_the_feed_is_rss_with_each_edition_whole(ada, get, write):
    number = write("News & \x0bviews for {{ name }}", days=1)
    write("For subscribers", days=2, shown_to="subscribers")
    answer = get(f"{HOME}/feed.xml")
    feed = etree.fromstring(answer.get_data())
    RSS.assertValid(feed)
    assert answer.content_type == "application/rss+xml; charset=utf-8"
    first, second = feed.findall("channel/item")
    assert first.findtext("title") == "News & views for reader"
    assert first.findtext("guid") == first.findtext("link") == f"http://postroom.test{HOME}/{number}"
    assert parsedate_to_datetime(first.findtext("pubDate")) > parsedate_to_datetime(second.findtext("pubDate"))
    assert "<b>patterns</b>" in first.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert "For subscribers" not in answer.text


def test_one_for_subscribers_shows_its_title_alone_and_opens_by_the_link_in_their_mail(ada, get, write):
    number = write("For some", "weave", shown_to="subscribers")
    closed = get(f"{HOME}/{number}")
    assert closed.status_code == 200 and "This edition is for subscribers" in closed.text
    assert "For some" in closed.text and "engine" not in closed.text and "noindex" in closed.text
    assert "For some" in titles(get(HOME))
    own = get(f"/readers/{ada.reader}/{number}")
    assert "The engine weaves" in own.text and own.headers["Cache-Control"] == "private, no-cache"
    assert titles(get(f"/readers/{ada.reader}?q=weave")) == ["For some"]
    assert "noindex" in own.text and "canonical" not in own.text


def test_the_link_in_a_mail_is_the_public_page_or_the_readers_own(ada, write):
    number = write("News")
    for archive, shown_to, own in (
        ("everybody", "", False), ("everybody", "subscribers", True), ("everybody", "nobody", True),
        ("subscribers", "", True), ("subscribers", "everybody", False), ("nobody", "everybody", True),
    ):  # fmt: skip
        with transaction() as tx:
            edition = tx.get_one(Edition, number)
            edition.publication.archive, edition.shown_to = archive, shown_to
            link = links.read(edition.publication, edition, ada.subscription)
        expected = f"/readers/{ada.reader}/{number}" if own else f"{HOME}/{number}"
        assert link == f"http://postroom.test{expected}"


def test_where_there_is_no_archive_nobody_finds_one_but_links_in_mails_work(ada, get, write):
    number = write("News")
    archive_is(ada, "nobody")
    for path in (
        HOME,
        f"{HOME}/{number}",
        f"{HOME}/feed.xml",
        "/archive/none",
        f"/archive/letters-of-charles/{number}",
    ):
        assert get(path).status_code == 404, path
    assert get(f"/readers/{ada.reader}/{number}").status_code == 200
    assert "News" in titles(get(f"/readers/{ada.reader}"))
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).slug = None
    assert get(f"/readers/{ada.reader}/{number}").status_code == 200


def test_a_link_opens_its_own_publication_alone_and_what_is_public_once_its_holder_has_left(ada, charles, get, write):
    assert get(f"/readers/{ada.reader}/{charles.past}").status_code == 404
    assert get(f"/readers/{ada.reader[:-1]}0/{ada.past}").status_code == 404
    assert get(f"{HOME}/{charles.past}").status_code == 404
    assert get(f"/readers/{ada.reader}/{ada.edition}").status_code == 404
    with transaction() as tx:
        tx.get_one(Subscription, ada.subscription).leave(tx)
    for path in ("", f"/{ada.past}"):
        assert get(f"/readers/{ada.reader}{path}").location == HOME + path
    archive_is(ada, "subscribers")
    for path in ("", f"/{ada.past}"):
        closed = get(f"/readers/{ada.reader}{path}")
        assert closed.status_code == 403 and "You have left Letters of Ada on" in closed.text
        assert html.fromstring(closed.text).xpath("//main//a/@href") == ["/subscribe/letters-of-ada"]


def test_an_edition_stays_while_late_joiners_are_addressed_and_until_they_have_it(ada, get, write):
    number = write("News")
    with transaction() as tx:
        edition = tx.get_one(Edition, number)
        edition.state, edition.addressed_at = "sending", clock.now()
    assert "News" not in titles(get(HOME))  # the first to get it get it first
    with transaction() as tx:
        assert number in open_editions.finish(tx)
        tx.get_one(Publication, ada.publication).subscribe(tx, {"late@example.com": ""}, consent="on paper")
        assert tx.get_one(Edition, number).send_to_late(tx)
    for _ in range(2):
        assert "News" in titles(get(HOME)) and get(f"{HOME}/{number}").status_code == 200
        with transaction() as tx:
            tx.get_one(Edition, number).address(tx)


def test_editors_say_who_may_read_the_archive_and_each_edition(ada, adas, get):
    adas.get(f"/publications/{ada.publication}/archive").press("Save", archive="subscribers")
    assert "This edition is for subscribers" in get(f"{HOME}/{ada.past}").text
    adas.get(f"/editions/{ada.past}/archive").press("Save", shown_to="everybody")
    assert "Hello reader" in get(f"{HOME}/{ada.past}").text
    assert adas.get(f"/editions/{ada.past}/archive").press("Save", shown_to="x").status == 422


def test_the_looks_are_a_stylesheet_of_the_brand(ada, get):
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).brand = {"accent": "#AA2200", "font": "serif"}
    (address,) = html.fromstring(get(HOME).get_data()).xpath("//link[contains(@href, '/looks/')]/@href")
    sheet = get(address)
    assert "--accent: #AA2200" in sheet.text and "Charter" in sheet.text
    assert sheet.headers["Cache-Control"] == "public, max-age=86400" and sheet.mimetype == "text/css"
    for wrong in ("red-f4f2ee-serif", "aa2200-f4f2ee-comic", "aa2200-}b{}-serif"):
        assert get(f"/looks/{wrong}.css").status_code == 404
