"""Sending yourself one, now: a reminder of your team, or a newsletter's edition as a test."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response

from jobs.deliveries import nudge
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.edition import Edition, State
from models.prompt import Prompt
from models.publication import Publication
from models.team import Team
from models.team_member import TeamMember
from web import editions, trials
from web.desks import Desk, desks
from web.edition_form import EditionForm
from web.soon import soon
from web.visitor import editors_only, everybody, members_only, ours, visitor

page = Blueprint("firsts", __name__)

_TEAMS = select(Team).order_by(Team.id).limit(1)
MOST = 20  # newsletters that are offered
BODY = """# Hello {{ first_name | default("there") }}

This is the first edition of our newsletter, sent as a test. Change it as you like.
"""


@page.get("/first-mail")
@everybody
def new() -> str:
    with transaction() as tx:
        found = desks(tx)
        publications = _publications(tx) if visitor.edits else []
        team = tx.scalar(_TEAMS.filter_by(workspace_id=visitor.workspace.id)) if visitor.manages and not found else None
    return render_template("firsts/new.html", desks=found, publications=publications, team=team)


@page.post("/team-members/<id:member_id>/reminders")
@members_only
def remind(member_id: int) -> Response:
    """Asks the visitor about today at once: once a day, and then not again at their hour."""
    with transaction() as tx:
        seat = next((desk for desk in desks(tx) if desk.member.id == member_id), None) or abort(404)
        number, fresh = _reminder(tx, seat)
    soon(nudge, "reminder", fresh)
    return redirect(url_for("arrivals.show", delivery_id=number))


@page.post("/publications/<id:publication_id>/first-tests")
@editors_only
def test(publication_id: int) -> Response:
    """The latest draft, or one that is begun for it, to the visitor."""
    with transaction() as tx:
        draft = _draft(tx, ours(tx, Publication, publication_id))
        try:
            ids = trials.sent(tx, draft, [visitor.user.email], None, visitor.user.id)
        except ValueError as problem:
            flash(str(problem))
            return redirect(url_for("editions.show", edition_id=draft.id))
        number = tx.scalars(_delivery("trial").order_by(Delivery.id.desc()).limit(1)).one()
    soon(nudge, "trial", ids)
    return redirect(url_for("arrivals.show", delivery_id=number))


def _publications(tx: Session) -> Any:
    mine = select(Publication).filter_by(workspace_id=visitor.workspace.id).order_by(Publication.id)
    return tx.scalars(mine.limit(MOST)).all()


def _reminder(tx: Session, desk: Desk) -> tuple[int, list[int]]:
    """The delivery of today's reminder, and those that are to be sent: none when it has been."""
    member = tx.scalars(select(TeamMember).filter_by(id=desk.member.id).options(joinedload(TeamMember.user))).one()
    prompt = Prompt.on(tx, member, desk.day)
    fresh = Delivery.address(tx, "reminder", [Addressee(member.workspace_id, prompt.id, member.user.email)])
    return tx.scalars(_delivery("reminder").filter_by(source_id=prompt.id, recipient=member.user.email)).one(), fresh


def _delivery(kind: str) -> Any:
    return select(Delivery.id).filter_by(workspace_id=visitor.workspace.id, kind=kind)


def _draft(tx: Session, publication: Publication) -> Edition:
    drafts = select(Edition.id).filter_by(publication_id=publication.id, state=State.DRAFT)
    number = tx.scalar(drafts.order_by(Edition.id.desc()).limit(1))
    if number:
        return editions.whole(tx, number)
    words = {"subject": f"The first edition of {publication.name}", "body": BODY}
    form = EditionForm(formdata=None, meta={"csrf": False}, data=words)
    letter = form.letter(publication) or abort(500)
    return editions.whole(tx, editions.begun(tx, publication, form, letter).id)
