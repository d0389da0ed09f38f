"""Which workspace a visitor with several is looking at."""

from flask import Blueprint, abort, redirect, session, url_for
from werkzeug.wrappers import Response

from web.visitor import everybody, visitor

page = Blueprint("workspaces", __name__)


@page.post("/workspaces/<id:workspace_id>/visit")
@everybody
def visit(workspace_id: int) -> Response:
    if workspace_id not in {workspace.id for workspace in visitor.workspaces}:
        abort(404)
    session["workspace"] = workspace_id
    return redirect(url_for("home.show"))
