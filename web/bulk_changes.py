"""What is to be done to everybody who was found: asked once more, done, looked at while it is."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from jobs.bulk_changes import change_many
from models.bulk_change import PAGE, VERBS, BulkChange
from models.db import transaction
from models.publication import Publication
from models.roster import STATES
from web.again import again
from web.audit import audit
from web.fields import one_line
from web.listing import ticked
from web.live import live
from web.soon import soon
from web.sure import sure
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("bulk_changes", __name__)

COUNTED = 100_000  # people: nobody counts a million for a page
SHORT = PAGE  # people: what is no more is done at once
LONGEST = 80  # characters of a tag


@page.get("/bulk-changes/new")
@editors_only
def new() -> str | Response:
    """What would be done, and to how many. It is asked for by the form of a list."""
    if not _makes_sense(request.args):
        flash("Please choose what is to be done, and give the tag.")
        return redirect(url_for("contacts.index"))
    with transaction() as tx:
        change = asked(tx, request.args)
    told = {**change.wanted, "noun": change.noun, "do": change.verb, "word": change.word}
    return render_template("bulk_changes/new.html", change=change, told=told, counted=COUNTED, back=back(change))


@page.post("/bulk-changes")
@editors_only
def create() -> Response:
    if not _makes_sense(request.form):
        abort(422, "Please choose what is to be done, and give the tag.")
    with transaction() as tx:
        change = asked(tx, request.form)
        tx.add(change)
        tx.flush()
        audit(tx, "asked for", change, f"{change.verb} {change.word}".strip())
    _carry_out(change.id, change.total)
    return redirect(url_for("bulk_changes.show", change_id=change.id))


@page.get("/bulk-changes/<id:change_id>")
@editors_only
@live
def show(change_id: int) -> str:
    with transaction() as tx:
        change = ours(tx, BulkChange, change_id)
        told = {"back": back(change), "can_be_undone": change.can_be_undone(tx)}
    return render_template("bulk_changes/show.html", change=change, counted=COUNTED, **told)


@page.post("/bulk-changes/<id:change_id>/stop")
@editors_only
def stop(change_id: int) -> Response:
    with transaction() as tx:
        change = ours(tx, BulkChange, change_id)
        stopped = change.stop(tx)
        if stopped:
            audit(tx, "stopped", change)
    flash("Stopped: what was done stays, and nothing else is." if stopped else "It is done already.")
    return redirect(url_for("bulk_changes.show", change_id=change_id))


@page.post("/bulk-changes/<id:change_id>/undoing")
@editors_only
@sure("Undo it?", "For those alone whom it changed. What others have done to them since stays.")
def undo(change_id: int) -> Response:
    with transaction() as tx:
        change = ours(tx, BulkChange, change_id)
        begun, many = change.undo(tx), change.done
        if begun:
            audit(tx, "undid", change)
    if begun:
        _carry_out(change_id, many)
    else:
        flash("There is nothing to be undone any more.")
    return redirect(url_for("bulk_changes.show", change_id=change_id))


def asked(tx: Session, given: Mapping[str, str]) -> BulkChange:
    """As a list's form says it, with how many it is about; not kept yet."""
    noun, verb = given["noun"], given["do"]
    about = {"workspace_id": here(), "user_id": visitor.user.id, "ip": request.remote_addr or ""}
    change = BulkChange(**about, noun=noun, verb=verb, word=one_line(given.get("word"))[:LONGEST], total=0)
    change.wanted = _wanted(tx, noun, given)
    change.total = change.whom.how_many(tx, COUNTED)
    return change


def asking(noun: str, **wanted: Any) -> str:
    """Where a list's form, of everybody who was found, is asked about once more."""
    form: dict[str, Any] = {name: one_line(request.form.get(name)) for name in ("do", "word")}
    return url_for("bulk_changes.new", noun=noun, **form, **wanted)


def wrong_tag() -> tuple[str, int] | None:
    """Asks for the tag where the form of a list says whom, but not with which; who is ticked stays so."""
    word, whom = one_line(request.form.get("word")), request.form.get("whom") == "all" or ticked()
    if not whom or request.form.get("do") not in ("tag", "untag") or 0 < len(word) <= LONGEST:
        return None
    return again("word", "Tag", f"Please use at most {LONGEST} characters." if word else "Please give the tag.")


def back(change: BulkChange) -> str:
    """The list that it was asked for from, as it was narrowed."""
    return url_for(f"{change.noun}.index", **change.wanted)


def _carry_out(change_id: int, many: int) -> None:
    """Few at once, and many by a job."""
    if many < SHORT:
        change_many(change_id)
    else:
        soon(change_many.later, change_id)


def _makes_sense(given: Mapping[str, str]) -> bool:
    verb = given.get("do", "")
    return verb in VERBS.get(given.get("noun", ""), ()) and (verb == "unsubscribe" or bool(one_line(given.get("word"))))


def _wanted(tx: Session, noun: str, given: Mapping[str, str]) -> dict[str, Any]:
    words: dict[str, Any] = {name: one_line(given.get(name)) for name in ("tag", "beginning")}
    if noun == "subscribers":
        number, state = given.get("publication_id", ""), given.get("state", "")
        known = number.isascii() and number.isdigit() and len(number) < 19
        words |= {"state": state if state in STATES else ""}
        words |= {"publication_id": ours(tx, Publication, int(number) if known else 0).id}
    return {name: word for name, word in words.items() if word}
