"""Editions on their way, stopped and set going by those who run the installation, whosever they are."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from jobs.deliveries import feed
from jobs.editions import cancel_copies
from models.db import transaction
from models.edition import Edition
from web.audit import audit
from web.soon import soon
from web.sure import sure
from web.visitor import operators_only, visitor

page = Blueprint("sends", __name__, url_prefix="/sends/<id:edition_id>")


@page.post("/pause")
@operators_only
def pause(edition_id: int) -> Response:
    done = _told(edition_id, "paused", Edition.pause)
    return _back("Paused: nothing more of it goes out." if done else "It is not being sent.")


@page.post("/resumption")
@operators_only
def resume(edition_id: int) -> Response:
    done = _told(edition_id, "resumed", Edition.resume)
    if done:
        soon(feed.later, "mailers", queue="mailers")
    return _back("It goes on." if done else "It is not paused.")


@page.post("/cancellation")
@operators_only
@sure("Cancel this edition?", "Whoever has not got it does not get it.")
def cancel(edition_id: int) -> Response:
    done = _told(edition_id, "canceled", Edition.cancel)
    if done:
        soon(cancel_copies.later, edition_id)
    return _back("Canceled: whoever has not got it does not get it." if done else "It is not being sent any more.")


def _told(edition_id: int, act: str, verb: Callable[[Edition, Session], bool]) -> bool:
    """Its own workspace reads in its log who did it."""
    with transaction() as tx:
        edition = tx.get(Edition, edition_id) or abort(404)
        done = verb(edition, tx)
        if done:
            whose = {"workspace_id": edition.workspace_id, "user_id": visitor.user.id}
            audit(tx, act, edition, "for the installation", **whose)
    return done


def _back(words: str) -> Response:
    flash(words)
    return redirect(url_for("operations.show"))
