"""A workspace is renamed, and deleted for good."""

from sqlalchemy import text

from jobs.workspaces import clear_workspace, sweep_workspaces
from models import closing
from models.db import Base, transaction
from models.edition import Edition
from models.workspace import Workspace

PATH = "/settings/workspace"


def test_a_workspace_is_renamed_which_the_log_tells(ada, adas):
    page = adas.get(PATH).press("Save", name="Difference")
    assert "Difference" in page.text
    assert "renamed workspace" in adas.get("/settings/audit-log?noun=workspace").text
    assert adas.get(PATH).press("Save", name=" ").status == 422


def test_a_workspace_goes_with_all_that_is_in_it_and_no_other_does(ada, charles, signed_in, monkeypatch):
    monkeypatch.setattr(closing, "PAGE", 1)
    owner = signed_in(charles.owner).get(f"{PATH}/deletion")
    page = owner.press("Delete everything for good", name="House")
    assert page.status == 422 and "not its name" in page.errors[0]
    before = counts(ada.id)
    page = owner.get(f"{PATH}/deletion").press("Delete everything for good", name="House of Charles")
    assert "workspace is deleted" in page.text and page.get("/").path == "/sign-in"
    sweep_workspaces()
    clear_workspace(charles.id)
    assert not any(counts(charles.id).values()) and counts(ada.id) == before
    with transaction() as tx:
        assert tx.get(Workspace, charles.id) is None
        assert tx.scalar(text("select count(*) from workspaces")) == 1


def counts(workspace):
    nouns = [name for name, table in Base.metadata.tables.items() if "workspace_id" in table.c]
    with transaction() as tx:
        found = {name: text(f"select count(*) from {name} where workspace_id = :it") for name in nouns}
        return {name: tx.scalar(count, {"it": workspace}) for name, count in found.items()}


def test_it_stays_while_something_is_sent_and_while_others_need_it(ada, adas, charles):
    page = adas.get(f"{PATH}/deletion").press("Delete everything for good", name="House of Ada")
    assert page.status == 422 and "runs the installation" in page.errors[0]
    with transaction() as tx:
        tx.get_one(Edition, ada.edition).state = "sending"
    page = adas.get(f"{PATH}/deletion").press("Delete everything for good", name="House of Ada")
    assert page.status == 422 and "being sent" in page.errors[0]
