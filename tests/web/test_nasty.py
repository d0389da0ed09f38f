"""What no page of ours makes a browser send is refused in words, and never breaks anything."""

import pytest

from models.db import transaction
from models.forwarding import MOST_AN_HOUR, Forwarding
from tests.web.programs import problem
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


@pytest.mark.parametrize("path", ["/api/v1/lists", "/webhooks/postmark/events"])
def test_credentials_in_letters_that_are_none_are_no_credentials(app, path):
    method = "POST" if path.startswith("/webhooks") else "GET"
    answer = app.test_client().open(path, method=method, headers={"Authorization": "Basic \xff\xfe"})
    assert answer.status_code == 401


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


@pytest.mark.parametrize(
    "odd", ['{"a": "\\u0000"}', '{"\\ud800": 1}', '{"a": [NaN]}', '{"a": 1e999}', "[" * 900 + "]" * 900]
)
def test_what_the_database_cannot_keep_is_refused_on_the_page_and_by_key(ada, adas, call, odd):
    assert adas.get(f"/contacts/{ada.contact}").press("Save", attributes=odd).status == 422
    body = f'{{"publication": {ada.publication}, "email": "x@example.com", "attributes": {odd}}}'
    answer = call("/api/v1/subscribers", "POST", data=body, content_type="application/json")
    assert problem(answer) == (422, "invalid")


@pytest.mark.parametrize("between", ["(" * 5_000, "[" * 5_000, "not " * 5_000, NUMBER])
def test_what_is_beyond_all_parsers_is_no_field(ada, adas, between):
    page = adas.get(f"/editions/{ada.edition}/edit").press("Save", body=f"{{{{ {between} }}}}")
    assert page.status == 422 and page.errors


def test_brackets_and_links_that_never_end_take_nobodys_time(ada, adas):
    for body in ("![" * 90_000, "x://" * 40_000):
        page = adas.get(f"/editions/{ada.edition}/edit").press("Save", format="markdown", body=body)
        assert page.status == 422 and "000 times" in page.errors[0]
    assert adas.get(f"/editions/{ada.edition}/edit").press("Save", since=NUMBER).status in (200, 409)


def test_a_new_draft_is_written_from_nothing(ada, adas):
    page = adas.get(f"/publications/{ada.publication}/editions/new").press("Save", subject="Odd", since="9")
    assert page.status == 200 and "Odd" in page.text


def test_a_draft_has_no_late_joiners(ada, call):
    answer = call(f"/api/v1/editions/{ada.edition}/late-joiners", "POST", json={})
    assert answer.json == {"addressed": 0}


def test_what_is_looked_for_without_end_is_not_kept_for_a_file(ada, call):
    long = "".join(map(str, range(2_000)))
    assert problem(call(f"/api/v1/deliveries/exports?recipient={long}", "POST", json={})) == (422, "invalid")


def test_letters_are_passed_on_to_a_few(ada, adas):
    with transaction() as tx:
        about = {"workspace_id": ada.id, "inbound_email_id": ada.mail, "user_id": ada.owner.id, "note": ""}
        tx.add_all([Forwarding(**about, recipient=f"x{number}@example.com") for number in range(MOST_AN_HOUR)])
    page = adas.get(f"/letters/{ada.mail}").press("Forward", recipient="one@example.com")
    assert page.status == 422 and "in an hour" in page.errors[0]
