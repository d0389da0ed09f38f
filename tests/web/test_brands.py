"""A newsletter's looks: kept, refused, and worn by its next edition."""

import pytest

from models.db import transaction
from models.edition import Edition


def test_a_newsletters_looks_are_those_of_its_next_edition(ada, adas):
    draft = adas.get(f"/publications/{ada.publication}/editions/new").press("Save", subject="Note G", body="Hi.").path
    adas.get(f"/publications/{ada.publication}/brand")
    adas.press("Save", accent="#ff7f50", address="1 Mill Lane", footer="With *love*", logo="https://example.com/l.png")
    assert "drafts look like this" in adas.text
    adas.get(draft).press("Publish to 1 subscriber")
    with transaction() as tx:
        html = tx.get_one(Edition, int(draft.rpartition("/")[2])).html
    assert (
        "#ff7f50" in html and "1 Mill Lane" in html and "<em>love</em>" in html and "https://example.com/l.png" in html
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"accent": "red; } body { display: none"}, "Please give a colour as #rrggbb."),
        ({"logo": "javascript:alert(1)"}, "Please give an address that begins with https://."),
        ({"footer": "{{ nobody }}"}, "there is no field 'nobody'"),
    ],
)
def test_looks_that_cannot_be_are_refused(ada, adas, typed, told):
    adas.get(f"/publications/{ada.publication}/brand").press("Save", **typed)
    assert adas.status == 422
    assert any(told in error for error in adas.errors)
