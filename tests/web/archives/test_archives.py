"""Past editions as readers find them: the list, a page each, the feed."""

from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode

from lxml import etree, html

from models import clock
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from tests.web.archives.archive import HOME, titles

RSS = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "files" / "rss.rng"))


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


def test_the_looks_are_a_stylesheet_of_the_brand(ada, get):
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).brand = {"accent": "#AA2200", "font": "serif"}
    (address,) = html.fromstring(get(HOME).get_data()).xpath("//link[contains(@href, '/looks/')]/@href")
    sheet = get(address)
    assert "--accent: #AA2200" in sheet.text and "Charter" in sheet.text
    assert sheet.headers["Cache-Control"] == "public, max-age=86400" and sheet.mimetype == "text/css"
    for wrong in ("red-f4f2ee-serif", "aa2200-f4f2ee-comic", "aa2200-}b{}-serif"):
        assert get(f"/looks/{wrong}.css").status_code == 404
