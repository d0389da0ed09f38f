"""The keys of a workspace: made, shown once, revoked."""

import re

import pytest
from sqlalchemy import select

from models.api_key import ApiKey
from models.db import transaction
from models.membership import Membership, Role

PATH = "/settings/api-keys"


def keys():
    with transaction() as tx:
        return {key.name: key for key in tx.scalars(select(ApiKey))}


def made(page, name="Dashboard", scopes=("editions:read", "deliveries:read")):
    return page.get(PATH).press("Create the key", name=name, scopes=list(scopes))


def test_a_key_is_shown_once_and_works(ada, adas, app):
    shown = made(adas).page.get_element_by_id("fresh-key").text
    assert re.fullmatch(r"pk_[\w-]{40}", shown, re.ASCII)
    assert shown not in adas.get(PATH).text
    assert "Dashboard deliveries:read, editions:read" in adas.text and "never used" in adas.text
    answer = app.test_client().get(f"/api/v1/editions/{ada.edition}", headers={"Authorization": f"Bearer {shown}"})
    assert answer.status_code == 200
    assert "never used" not in adas.get(PATH).text


def test_only_its_hash_is_kept(ada, adas):
    shown = made(adas).page.get_element_by_id("fresh-key").text
    kept = keys()["Dashboard"]
    assert (kept.workspace_id, len(kept.digest)) == (ada.id, 64)
    assert not any(shown[3:] in str(value) for value in vars(kept).values())


def test_no_two_keys_are_the_same(adas):
    assert len({made(adas).page.get_element_by_id("fresh-key").text for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, "Please fill this in."),
        ({"name": "x" * 81}, "Please use at most 80 characters."),
        ({"scopes": []}, "Please tick at least one."),
        ({"scopes": ["everything"]}, "'everything' is not a valid choice for this field."),
    ],
)
def test_what_is_wrong_is_said_and_makes_no_key(adas, typed, told):
    before = keys().keys()
    made(adas, **typed)
    assert (adas.status, adas.errors) == (422, [told])
    assert keys().keys() == before


def test_it_is_revoked_for_good(ada, adas):
    adas.get(PATH).press("Revoke").press("Yes, do it")
    assert "Everything is revoked" in adas.text
    revoked = keys()["Everything"].revoked_at
    assert revoked
    token = adas.page.find(".//input[@name='csrf_token']").get("value")
    again = adas.client.post(f"{PATH}/{ada.key}/revocation", data={"csrf_token": token, "sure": "yes"})
    assert again.status_code == 302
    assert keys()["Everything"].revoked_at == revoked
    assert not [button for button in adas.page.iter("button") if button.text == "Revoke"]


@pytest.mark.parametrize(("role", "status"), [(Role.ADMIN, 200), (Role.EDITOR, 403), (Role.MEMBER, 403)])
def test_owners_and_admins_hold_the_keys(ada, graces, role, status):
    with transaction() as tx:
        tx.scalars(select(Membership).filter_by(workspace_id=ada.id, user_id=ada.member.id)).one().role = role
    assert graces.get(PATH).status == status
    assert ("API keys" in graces.get("/").text) == (status == 200)


def test_a_form_from_elsewhere_makes_and_revokes_nothing(ada, adas):
    assert adas.client.post(PATH, data={"name": "x", "scopes": "editions:send"}).status_code == 400
    assert adas.client.post(f"{PATH}/{ada.key}/revocation").status_code == 400
    assert [(key.name, key.revoked_at) for key in keys().values()] == [("Everything", None)]
