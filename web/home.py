"""The first page: what needs the visitor, what is being sent, what came in, and whether all is well."""

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from models.attention import needs
from models.checklist import Checklist
from models.db import transaction
from models.latest import latest
from models.underway import underway
from web import days
from web.alive import alive
from web.desks import desks
from web.first_steps import steps
from web.live import live
from web.visitor import everybody, visitor

page = Blueprint("home", __name__)


@page.get("/")
@everybody
@live
def show() -> str:
    with transaction() as tx:
        mine = desks(tx)
        told: dict[str, Any] = {"said": days.said(tx, [(desk.member.team_id, desk.day) for desk in mine])}
        told |= _told(tx) if visitor.edits else {}
    if visitor.edits:
        told["alive"] = alive()
    return render_template("home/show.html", desks=mine, **told)


def _told(tx: Session) -> dict[str, Any]:
    """For whoever writes newsletters or looks after the workspace."""
    here, manages = visitor.workspace.id, visitor.manages
    waiting = needs(tx, here, manages=manages)
    return _first_steps(tx) | {
        "needs": [need for need in waiting if need.kind != "stream"],
        "shut": [need for need in waiting if need.kind == "stream"],
        "underway": underway(tx, here, manages=manages),
        "latest": latest(tx, here, manages=manages),
    }


def _first_steps(tx: Session) -> dict[str, Any]:
    """For whoever manages the workspace, until all is done or somebody has put them away."""
    found = Checklist.of(tx, visitor.workspace.id) if visitor.manages else None
    shown = steps(found) if found and not found.closed_at else []
    return {"steps": shown, "next_step": next((step for step in shown if not step.is_done), None)}
