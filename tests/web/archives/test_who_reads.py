"""Who finds and reads past editions: everybody, subscribers, whoever holds a link, and who says so."""

from lxml import html

from emails import links
from models import clock, open_editions
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.subscription import Subscription
from tests.web.archives.archive import HOME, archive_is, titles


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
