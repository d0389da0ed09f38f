"""What is known of somebody, taken away and deleted."""

import csv
import io
import json
from zipfile import ZipFile

from sqlalchemy import func, select, text

from jobs.erasures import erase
from models.audit_event import AuditEvent
from models.contact import Contact
from models.db import Base, transaction
from models.delivery import Delivery
from models.entry import Entry
from models.erasure import Erasure
from models.exports import making
from models.exports.belongings import TABLES
from models.exports.export import Export
from models.inbound_email import InboundEmail
from models.membership import Membership
from models.password import Password, hashed
from models.suppression import Suppression
from models.user import User

PATH = "/settings/data"
MADE_FOR_A_WORKSPACE = {
    *("bulk_changes", "images", "exports", "verifications", "forwardings", "revisions", "trials"),
    *("imports", "list_changes", "segments"),
}
KEPT_ABOUT_MAIL = {"last_heard", "erasures"}  # when Postmark last said something, and who is being erased


def test_somebody_takes_everything_that_is_known_of_them_and_nobody_else_gets_the_file(ada, adas, graces, monkeypatch):
    with transaction() as tx:
        mine = {"id": ada.mail, "sender": ada.member.email}
        tx.execute(text("update inbound_emails set sender = :sender where id = :id"), mine)
    page = graces.get(PATH).press("Make the archive")
    assert "being made" in page.text
    with transaction() as tx:
        number = tx.scalars(select(Export.id).filter_by(source="person")).one()
    monkeypatch.setattr(making, "PAGE", 1)
    while making.step(number):
        pass
    answer = graces.client.get(f"{PATH}/file")
    archive = ZipFile(io.BytesIO(answer.get_data()))
    assert archive.testzip() is None
    tables = {"profile", "roles", "seats", "questions", "entries", "notices", "sign-ins", "acts", "deliveries", "mails"}
    names = {f"{table}.{ending}" for table in tables for ending in ("csv", "json")}
    assert set(archive.namelist()) == {"README.txt", f"mails/{ada.mail}.eml", *names}
    assert ada.secret.encode() in archive.read(f"mails/{ada.mail}.eml")
    (entry,) = json.loads(archive.read("entries.json"))
    (row,) = csv.DictReader(io.StringIO(archive.read("entries.csv").decode("utf-8-sig")))
    assert entry["body"] == row["body"] == ada.secret
    assert "your other addresses" in archive.read("README.txt").decode()
    assert "Download" in graces.get(PATH).text
    for path, status in ((f"{PATH}/file", 410), (f"/exports/{number}", 404), (f"/exports/{number}/file", 404)):
        assert adas.client.get(path).status_code == status


def test_every_table_that_names_people_is_told_or_belongs_to_the_workspace():
    told = " ".join(str(table.rows) for table in TABLES)
    people = {
        name
        for name, table in Base.metadata.tables.items()
        for column in table.columns
        if column.name == "email" or any(key.column.table.name == "users" for key in column.foreign_keys)
    }
    assert {name for name in people if f" {name} " not in told} == MADE_FOR_A_WORKSPACE | KEPT_ABOUT_MAIL


def test_an_account_is_deleted_and_its_words_stay_without_a_name(ada, adas, graces):
    grace = ada.member.email
    with transaction() as tx:
        mail = {"mail": ada.mail, "user": ada.member.id, "grace": grace}
        tx.execute(text("update inbound_emails set user_id = :user, sender = :grace where id = :mail"), mail)
        tx.execute(text("update import_rows set key = :grace || chr(10) || 'x', cells = to_jsonb(array[:grace])"), mail)
    assert "account is deleted" in graces.get(PATH).press("Delete my account", words="keep").press("Yes, do it").text
    assert graces.get("/").path == "/sign-in"
    day = adas.get(f"/teams/{ada.team}?day=2026-03-02").text
    assert ada.secret in day and "former member" in day and "Grace" not in day
    with transaction() as tx:
        assert not tx.scalars(select(Membership).filter_by(user_id=ada.member.id)).all()
        assert tx.get_one(User, ada.member.id).email.endswith("@erased.invalid")
        assert tx.scalars(AuditEvent.of(ada.id, noun="account")).one().act == "deleted"
        deliveries = tx.scalar(select(func.count(Delivery.id)))
        ids = Erasure.open(tx)
    for number in ids:
        erase(number)
    with transaction() as tx:
        assert tx.get_one(Delivery, ada.delivery).recipient == tx.get_one(User, ada.member.id).email
        assert tx.scalar(select(func.count(Delivery.id))) == deliveries
        tables = {name: text(f"select count(*) from {name} t where t::text ilike :it") for name in Base.metadata.tables}
        assert [name for name, count in tables.items() if tx.scalar(count, {"it": f"%{grace}%"})] == []
        assert tx.get_one(InboundEmail, ada.mail).incinerated_at
        tx.add(Contact(workspace_id=ada.id, email=grace))  # as a reader they may come back
        tx.flush()
        assert not tx.scalars(select(Suppression).filter_by(email=grace)).all()


def test_or_its_words_are_deleted_too(ada, graces):
    graces.get(PATH).press("Delete my account", words="delete").press("Yes, do it")
    with transaction() as tx:
        assert not tx.scalars(select(Entry).filter_by(user_id=ada.member.id)).all()


def test_the_last_owner_hands_over_first_and_later_a_link_or_password_is_asked_for(ada, adas, graces, clock):
    page = adas.get(PATH).press("Delete my account", words="keep").press("Yes, do it")
    assert page.status == 422 and "last owner of House of Ada" in page.errors[0]
    assert adas.get("/settings/sessions").status == 200
    clock.forward(minutes=16)
    assert "show that it is you" in graces.get(PATH).text and "Delete my account" not in graces.text
    with transaction() as tx:
        tx.add(Password(user_id=ada.member.id, hash=hashed("a long password"), changed_at=clock.forward(minutes=0)))
    page = graces.get(PATH).press("Delete my account", words="keep", current="another one")
    assert page.status == 422 and "not your password" in page.errors[0]
