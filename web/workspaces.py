"""Workspaces: the one a visitor with several is looking at, what it is called, and its end."""

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField, ValidationError
from wtforms.fields import Field

from jobs.workspaces import clear_workspace
from models import closing
from models.closing import Needed
from models.db import transaction
from models.workspace import Workspace
from web.audit import audit
from web.fields import LineField, one_line
from web.proving import WRONG, has_password, is_proven
from web.soon import soon
from web.visitor import everybody, here, managers_only, owners_only, visitor

page = Blueprint("workspaces", __name__)


class WorkspaceForm(FlaskForm):
    name = LineField("Name", longest=80, description="Colleagues see it in the menu and in our mails.")


class EndForm(FlaskForm):
    name = StringField("The name of the workspace", filters=[one_line], description="Exactly as it is written above.")
    current = PasswordField("Your password", render_kw={"autocomplete": "current-password"})

    def validate_name(self, field: Field) -> None:
        if field.data != visitor.workspace.name:
            raise ValidationError("That is not its name: nothing was deleted.")

    def validate_current(self, field: Field) -> None:
        if not is_proven(field.data or ""):
            raise ValidationError(WRONG)


@page.post("/workspaces/<id:workspace_id>/visit")
@everybody
def visit(workspace_id: int) -> Response:
    if workspace_id not in {workspace.id for workspace in visitor.workspaces}:
        abort(404)
    session["workspace"] = workspace_id
    return redirect(url_for("home.show"))


@page.get("/settings/workspace")
@managers_only
def edit() -> str:
    return render_template("workspaces/edit.html", form=WorkspaceForm(obj=visitor.workspace))


@page.post("/settings/workspace")
@managers_only
def update() -> Response | tuple[str, int]:
    form = WorkspaceForm()
    if not form.validate():
        return render_template("workspaces/edit.html", form=form), 422
    with transaction() as tx:
        workspace = tx.get_one(Workspace, here())
        before, workspace.name = workspace.name, form.name.data
        audit(tx, "renamed", workspace, f"{before} → {workspace.name}")
    flash("Saved.")
    return redirect(url_for("workspaces.edit"))


@page.get("/settings/workspace/deletion")
@owners_only
def ask() -> str:
    return _asked(EndForm())


@page.post("/settings/workspace/deletion")
@owners_only
def delete() -> Response | tuple[str, int]:
    """Closed at once; a job takes what is in it."""
    form = EndForm()
    if not form.validate():
        return _asked(form), 422
    try:
        with transaction() as tx:
            closing.close(tx, tx.get_one(Workspace, here()))
    except Needed as problem:
        form.name.errors = [str(problem)]
        return _asked(form), 422
    soon(clear_workspace.later, here())
    session.clear()
    flash("The workspace is deleted.")
    return redirect(url_for("sign_ins.new"))


def _asked(form: EndForm) -> str:
    return render_template("workspaces/delete.html", form=form, asks=has_password())
