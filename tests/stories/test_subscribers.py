"""Somebody subscribes on a page, confirms it by mail, and leaves again: each step has its trace."""

import re

import pytest
from sqlalchemy import select

from models.db import transaction
from models.publication import Publication
from models.subscription import Subscription
from models.subscription_change import SubscriptionChange
from tests import people
from tests.web.browser import html

PAGE = "/subscribe/notes"


@pytest.fixture
def publication():
    with transaction() as tx:
        made = Publication(workspace=people.workspace(tx), name="Notes", slug="notes")
        tx.add(made)
        tx.flush()
        return made


def sign_up(postroom, clock, email):
    """The form as the page has it, a moment later."""
    form = html.fromstring(postroom.web.get(PAGE).text).forms[0]
    clock.forward(seconds=5)
    return postroom.web.post(PAGE, data={"stamp": form.fields["stamp"], "email": email, "name": "Reader"})


def path_in(mail, kind):
    return re.search(rf"/{kind}/[0-9a-f-]+", mail["TextBody"]).group()


def test_a_sign_up_is_confirmed_by_mail(postroom, publication, clock):
    assert sign_up(postroom, clock, "reader@example.com").status_code == 200
    postroom.settle()
    (mail,) = postroom.sent(to="reader@example.com")
    assert mail["Subject"] == "Confirm that you want Notes"
    path = path_in(mail, "opt-ins")
    assert postroom.web.get(path).status_code == 200
    with transaction() as tx:
        assert publication.standing(tx) == {"unconfirmed": 1}
    assert postroom.web.post(path).status_code == 200
    with transaction() as tx:
        assert publication.standing(tx) == {"active": 1}
        found = tx.scalars(select(Subscription)).one()
        assert [each.how for each in SubscriptionChange.of(tx, [found.id])] == ["form", "page"]
