"""Pictures for letters: what is taken, how it is kept, who sees it, and when it may go."""

import io
import re

import pytest
from lxml import html
from PIL import Image as Drawing

from emails.writing.pictures import at_the_end
from jobs.thumbnails import sweep_thumbnails
from models.db import transaction
from models.edition import Edition
from models.image import Image
from models.publication import Publication
from models.revision import Revision
from tests.web.drawings import drawn, exif, moving, noted

ROOT = "/api/v1/images"


@pytest.fixture
def upload(adas):
    """Sends a file as the page does; the answer to a script."""

    def send(content, name="x", **words):
        csrf = adas.get("/images").page.find(".//input[@name='csrf_token']").get("value")
        data = {"file": (io.BytesIO(content), name), "csrf_token": csrf, **words}
        return adas.client.post("/images", data=data, headers={"Accept": "application/json"})

    return send


def path(markup):
    return "/pictures/" + markup.partition("/pictures/")[2].partition(")")[0]


@pytest.mark.parametrize(
    ("content", "kind", "size", "frames"),
    [
        (drawn("JPEG", exif=exif(), comment=b"at my house", quality=50), "image/jpeg", (800, 1600), 1),
        (drawn("PNG", pnginfo=noted()), "image/png", (1200, 600), 1),
        (moving(), "image/gif", (1200, 60), 3),
        (drawn("WEBP", exif=exif()), "image/jpeg", (800, 1600), 1),
    ],
)
def test_it_is_known_by_its_content_and_says_nothing_of_where_it_was_taken(upload, app, content, kind, size, frames):
    assert b"at my house" in content
    said = upload(content, "holiday.svg", alt="The [loom]").json
    assert said["markdown"].startswith("![The \\[loom\\]](http")
    answer = app.test_client().get(path(said["markdown"]))
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert b"at my house" not in answer.data
    with Drawing.open(io.BytesIO(answer.data)) as shown:
        assert (shown.size, getattr(shown, "n_frames", 1)) == (size, frames)
        assert frames == 1 or [shown.seek(n) or shown.info["duration"] for n in range(3)] == [100, 200, 300]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "An SVG can carry programs"),
        (b"\x00\x00\x00\x18ftypheic", "It is a HEIC"),
        (b"GIF89a but no more", "It is no picture"),
        (b"MZ", "It is no picture"),
        (drawn("PNG")[:9_000], "It is broken"),
        (drawn("BMP", (9, 9)), "It is no picture"),
        (b"\x89PNG" + bytes(10_000_000), "It is larger than 10 MB"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(upload, content, told):
    answer = upload(content, "loom.png")
    assert answer.status_code == 422 and told in answer.json["problem"]


def test_a_small_file_that_would_become_a_large_picture_is_not_decoded(upload):
    file = io.BytesIO()
    Drawing.new("1", (30_000, 30_000)).save(file, "PNG")
    answer = upload(file.getvalue())
    assert len(file.getvalue()) < 200_000 and "make it smaller" in answer.json["problem"]


def test_it_is_shown_to_whoever_has_its_address_for_ever_the_same(upload, adas, app):
    address = path(upload(drawn("PNG", (9, 9))).json["markdown"])
    answer = adas.client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers and "Vary" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = app.test_client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert app.test_client().get(address.replace("9x9", "8x8")).status_code == 404


def test_the_same_once_more_is_the_one_that_is_there(upload):
    content = drawn("PNG", (9, 9))
    assert path(upload(content).json["markdown"]) == path(upload(content, alt="Words").json["markdown"])


def test_it_stays_while_a_draft_shows_it_and_what_was_sent_goes_on_showing_it(upload, ada, adas, app):
    said = upload(drawn("PNG", (900, 9)), "loom.png", alt="A loom").json
    adas.get(f"/editions/{ada.edition}/edit").press("Save", format="markdown", body=said["markdown"], plain="")
    with transaction() as tx:
        number = max(tx.scalars(Image.__table__.select().with_only_columns(Image.id)))
        assert ' width="528"' in tx.get_one(Edition, ada.edition).html  # or Outlook shows all of its pixels
    adas.get(f"/images/{number}").press("Remove it").press("Yes, do it")
    assert "please take it out there first" in adas.text and adas.path == f"/images/{number}"
    with transaction() as tx:
        tx.get_one(Edition, ada.edition).state = "sent"
    adas.get(f"/images/{number}").press("Remove it").press("Yes, do it")
    assert "The letters that were sent still show it" in adas.text
    assert "A loom" not in [image.get("alt") for image in adas.page.iter("img")]
    assert app.test_client().get(path(said["markdown"])).status_code == 200


def last_image():
    with transaction() as tx:
        return max(tx.scalars(Image.__table__.select().with_only_columns(Image.id)))


def test_lists_show_a_small_one_that_old_pictures_get_as_well(upload, adas):
    upload(drawn("PNG", (1600, 800)))
    small = adas.client.get(f"/images/{last_image()}/thumbnail")
    with Drawing.open(io.BytesIO(small.data)) as shown:
        assert (small.mimetype, shown.size) == ("image/webp", (320, 160))
    with transaction() as tx:
        for image in tx.query(Image):
            image.thumbnail = None
    assert "/pictures/" in adas.client.get(f"/images/{last_image()}/thumbnail").location
    sweep_thumbnails()
    assert adas.client.get(f"/images/{last_image()}/thumbnail").data == small.data
    with transaction() as tx:
        assert Image.without_thumbnail(tx, 9) == []  # one of them cannot be read, and is not tried again


def test_a_picture_of_the_library_is_put_into_a_letter(upload, ada, adas):
    upload(drawn("PNG", (900, 300)), "loom.png", alt="A loom")
    adas.get(f"/editions/{ada.edition}/edit")
    form = next(form for form in adas.page.forms if "since" in form.inputs)
    typed = {name: form.inputs[name].value or "" for name in form.inputs.keys() if name != "picture"}  # noqa: SIM118
    typed |= {"format": "markdown", "body": "Look.", "plain": ""}
    adas.client.post(f"/editions/{ada.edition}", data=typed | {"picture": str(last_image())})
    adas.get(f"/editions/{ada.edition}/pictures").press("Insert", alt="The loom")
    with transaction() as tx:
        body, letter = Revision.latest(tx, tx.get_one(Edition, ada.edition)).body, tx.get_one(Edition, ada.edition).html
    assert re.sub(r"\(\S+\)", "", body).split("\n\n") == ["Look.", "![A loom]", "![The loom]\n"]
    assert letter.count('width="528" height="176"') == 2


@pytest.mark.parametrize(
    ("body", "form", "end"),
    [
        ("<html><body><p>A</p></body></html>", "html", "</p>IMAGE\n</body></html>"),
        ("<mj-body></mj-body>", "mjml", "<mj-section><mj-column>IMAGE</mj-column></mj-section>\n</mj-body>"),
        ("A", "markdown", "A\n\nIMAGE\n"),
    ],
)
def test_it_stands_at_the_end_whatever_the_letter_is_written_in(body, form, end):
    assert at_the_end(body, form, "IMAGE").endswith(end)


def test_what_stands_nowhere_is_gone_and_what_is_a_logo_is_not(upload, ada, adas, app):
    said = upload(drawn("PNG", (9, 9))).json
    with transaction() as tx:
        number = max(tx.scalars(Image.__table__.select().with_only_columns(Image.id)))
        publication = tx.get_one(Publication, ada.publication)
        publication.brand = {"logo": f"https://postroom.example{path(said['markdown'])}"}
    assert "please take it out there first" in adas.get(f"/images/{number}").press("Remove it").press("Yes, do it").text
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).brand = {}
    assert "is gone" in adas.get(f"/images/{number}").press("Remove it").press("Yes, do it").text
    assert app.test_client().get(path(said["markdown"])).status_code == 404


def test_the_page_says_what_is_wrong_beside_the_field_and_what_it_takes(adas):
    csrf = adas.get("/images").page.find(".//input[@name='csrf_token']").get("value")
    data = {"file": (io.BytesIO(b"MZ"), "a.png"), "csrf_token": csrf, "alt": "Kept"}
    page = html.fromstring(adas.client.post("/images", data=data).text)
    assert "It is no picture" in page.get_element_by_id("file-errors").text_content()
    assert page.get_element_by_id("alt").value == "Kept"
    assert "of 1.0 GB are used" in page.text_content()
    assert adas.client.post("/images", data={"alt": ""}).status_code == 400


def test_programs_send_list_describe_and_remove_pictures(ada, call):
    made = call(f"{ROOT}?alt=A+loom&name=l.png", "POST", data=drawn("PNG", (9, 9)), content_type="image/png").json
    assert (made["alt"], made["name"], made["width"], made["kind"]) == ("A loom", "l.png", 9, "image/png")
    assert "-9x9.png" in made["address"]
    number = f"{ROOT}/{made['id']}"
    assert call(number, "PATCH", json={"alt": "The loom"}).json["alt"] == "The loom"
    assert [each["id"] for each in call(ROOT).json["images"]] == [made["id"], ada.image]
    assert call(f"{number}/removal", "POST").json == {"gone": True}
    assert call(number).status_code == 404
    assert call(ROOT, "POST", data=b"<svg>", content_type="image/svg+xml").status_code == 422
