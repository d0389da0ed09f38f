"""How to begin: a team or a newsletter, and the list of first steps, which knows what has been done."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models import clock
from models.checklist import Checklist
from models.db import transaction
from models.workspace import Workspace
from web.first_steps import steps
from web.visitor import managers_only, visitor

page = Blueprint("starts", __name__, url_prefix="/start")


@page.get("")
@managers_only
def new() -> str:
    with transaction() as tx:
        found = Checklist.of(tx, visitor.workspace.id)
    shown = steps(found)
    coming = next((step for step in shown if not step.is_done), None)
    return render_template("starts/new.html", found=found, steps=shown, next_step=coming)


@page.post("/closing")
@managers_only
def close() -> Response:
    """Puts the list away for everybody who manages the workspace. It stays at its own address."""
    with transaction() as tx:
        tx.get_one(Workspace, visitor.workspace.id).checklist_closed_at = clock.now()
    flash("The first steps are dismissed. You find them again at Home, below.")
    return redirect(url_for("home.show"))


@page.post("/opening")
@managers_only
def reopen() -> Response:
    with transaction() as tx:
        tx.get_one(Workspace, visitor.workspace.id).checklist_closed_at = None
    return redirect(url_for("home.show"))
