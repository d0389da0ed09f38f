"""A manager undoes an import, having seen what would go back."""

import sys

import pytest
from sqlalchemy import select

from jobs.door import queue_named
from jobs.undoing import feed_undo, undo_row
from local import undoing
from models.db import transaction
from models.imports.file import Import
from models.team_member import TeamMember
from models.user import User
from tests.web.uploads import FILE, upload
from tests.web.uploads import work as run_rows


@pytest.fixture
def ran(ada, adas):
    """The path of an import that has been run."""
    upload(adas, FILE).press("Check every row", mapping=["name", "email", "team"])
    run_rows()
    adas.get(adas.path).press("Run it")
    run_rows()
    return adas.path


def work():
    queue = queue_named("low")
    while jobs := queue.jobs:
        queue.empty()
        for job in jobs:
            {each.name: each for each in (feed_undo, undo_row)}[job.func_name](*job.args)


def there(name):
    with transaction() as tx:
        return tx.scalar(select(TeamMember).join(User).where(User.email == name))


def test_it_says_what_would_go_back_and_then_it_goes_back(adas, ran):
    adas.get(ran)
    adas.get(adas.page.xpath("//a[starts-with(., 'Undo')]/@href")[0])
    assert adas.page.xpath("//dl[@class='counts']//text()[normalize-space()]") == ["go back", "1", "stay", "0"]
    assert there("hedy@example.com")
    adas.press("Undo it")
    assert "undoing" in adas.text
    work()
    adas.get(ran)
    assert "1 undone" in adas.text and "1 invalid" in adas.text
    assert there("hedy@example.com") is None
    assert "undone already" in adas.get(ran + "/undoing").text


def test_what_stays_is_listed_before_and_after(adas, ran):
    with transaction() as tx:
        tx.scalar(select(TeamMember).join(User).where(User.email == "hedy@example.com")).work_on((0,))
    assert "changed since: working days" in adas.get(ran + "/undoing").text
    adas.press("Undo it")
    work()
    adas.get(ran + "/rows?state=kept")
    assert "changed since: working days" in adas.text


def test_what_has_not_ended_cannot_be_undone(ada, adas):
    upload(adas, FILE)
    path = adas.path.removesuffix("/edit")
    assert "has not been run to its end" in adas.get(path + "/undoing").text
    answer = adas.client.post(path + "/undoing", headers={"Accept": "application/json"})
    assert answer.status_code == 400


def test_a_program_undoes_it_once(call, ran):
    path = f"/api/v1{ran}/undo"
    assert call(path, "POST").get_json() == {"done": True}
    assert call(path, "POST").get_json() == {"done": False}


def test_the_shell_says_what_would_go_back_and_undoes_it(ran, monkeypatch, capsys):
    number = ran.rpartition("/")[2]
    for more, code, words in (
        (["undo", number], 0, "Nothing has changed yet"),
        (["undo", number, "--run"], 0, "It is being undone"),
        (["undo", number], 2, "can be undone"),
    ):
        monkeypatch.setattr(sys, "argv", ["bin/postroom", *more])
        assert undoing.main() == code
        told = capsys.readouterr()
        assert words in told.out + told.err
    with transaction() as tx:
        assert tx.get_one(Import, int(number)).state == "undoing"
    work()
    assert there("hedy@example.com") is None
