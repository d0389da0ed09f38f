"""What no page of ours makes a browser send is refused in words, and never breaks anything."""

import pytest

from tests.web.routes import pages
from web.limits import network

NUMBER = "9" * 5_000  # of more digits than Python reads


def test_a_path_with_nul_in_it_is_no_page(app, ada, adas):
    tried, paths = 0, app.url_map.bind("localhost")
    for endpoint, method, path in pages(app, ada):
        named = {} if path.startswith("/webhooks") else paths.match(path, method)[1]
        for name in [name for name, value in named.items() if isinstance(value, str)]:
            odd = paths.build(endpoint, named | {name: "QQ"}).replace("QQ", "%00")
            assert adas.client.open(odd, method=method).status_code in (400, 404), odd
            tried += 1
    assert tried > 30


def test_numbers_without_end_are_no_numbers(ada, adas):
    for path in (
        f"/lists/{ada.list}?publication={NUMBER}",
        f"/letters?edition={NUMBER}",
        f"/deliveries?source={NUMBER}",
    ):
        assert adas.get(path).status == 200


def test_a_word_with_nul_in_it_finds_nothing(adas):
    assert adas.get("/settings/audit-log?noun=%00").status == 200


def test_an_origin_that_is_no_address_is_as_good_as_none(ada, app, clock, browser):
    page = browser().get(f"/subscribe/{ada.slug}")
    stamp = page.page.xpath("//input[@name='stamp']/@value")
    clock.forward(seconds=5)
    odd = {"Origin": "http://["}
    sent = page.client.post(f"/subscribe/{ada.slug}", data={"email": "x@example.com", "stamp": stamp}, headers=odd)
    assert sent.status_code == 200 and "One more press" not in sent.text


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::/64"),
        ("2001:db8::ffff:1:2:7", "2001:db8::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("nowhere", "nowhere"),
    ],
)
def test_a_household_is_one_place(app, address, place):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert network() == place
