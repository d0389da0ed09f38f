"""Whatever a form makes, it makes once."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from models.api_key import ApiKey
from models.db import transaction
from models.edition import Edition
from models.publication import Publication


def count(noun):
    with transaction() as tx:
        return tx.scalar(select(func.count()).select_from(noun))


def sent(browser, address, fields):
    return browser.client.post(address, data=fields)


def maker(page, **typed):
    """The one form on the page that has an address for one time."""
    (form,) = (f for f in page.page.forms if "once=" in (f.get("action") or ""))
    return form.get("action"), {name: value for name, value in form.fields.items() if value} | typed


def test_a_form_that_is_sent_again_leads_to_what_came_of_the_first(adas):
    before = count(Publication)
    address, fields = maker(adas.get("/publications/new"), name="Looms")
    first, again = (sent(adas, address, fields) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"]
    assert count(Publication) == before + 1
    assert "This was sent already" in adas.get(again.headers["Location"]).text


def test_a_reload_makes_no_second_key_and_shows_none(adas):
    before = count(ApiKey)
    address, fields = maker(adas.get("/settings/api-keys"), name="A program", scopes="editions:read")
    first = sent(adas, address, fields)
    again = sent(adas, address, fields)
    assert (first.status_code, again.status_code) == (201, 302) and b"fresh-key" in first.data
    assert count(ApiKey) == before + 1
    page = adas.get(again.headers["Location"])
    assert "This was sent already" in page.text and not page.page.xpath("//*[@id='fresh-key']")


def test_what_was_refused_can_be_put_right_and_sent_again(adas):
    address, fields = maker(adas.get("/settings/api-keys"))
    assert sent(adas, address, fields).status_code == 422
    assert sent(adas, address, fields | {"name": "A program", "scopes": "editions:read"}).status_code == 201


def test_another_form_with_the_same_words_makes_another(ada, adas):
    before = count(Edition)
    for _ in range(2):
        address, fields = maker(
            adas.get(f"/publications/{ada.publication}/editions/new"), subject="It", body="<p>x</p>"
        )
        assert sent(adas, address, fields).status_code == 302
    assert count(Edition) == before + 2


def test_two_clicks_at_once_make_one(app, ada, adas):
    address, fields = maker(adas.get("/settings/api-keys"), name="A program", scopes="editions:read")
    before, cookies = count(ApiKey), adas.client.get_cookie("postroom").value

    def click(_):
        client = app.test_client()
        client.set_cookie("postroom", cookies)
        return client.post(address, data=fields).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, range(2))) == [201, 302]
    assert count(ApiKey) == before + 1


def test_without_redis_forms_are_taken(adas, without_redis):
    address, fields = maker(adas.get("/settings/api-keys"), name="A program", scopes="editions:read")
    assert sent(adas, address, fields).status_code == 201
