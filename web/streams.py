"""The provider's message streams: which are shut, why, and opening them again."""

from flask import Blueprint, abort, flash, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from config import settings
from jobs.deliveries import reopen
from models.db import transaction
from models.stream import State, Stream
from web.soon import soon
from web.visitor import operators_only

page = Blueprint("streams", __name__)


@page.post("/streams/<stream>/resumption")
@operators_only
def resume(stream: str) -> Response:
    with transaction() as tx:
        if stream not in [each.name for each in Stream.all(tx)]:
            abort(404)
        Stream.named(tx, stream).resume()
    soon(reopen.later, stream)
    flash("It is open again.")
    return redirect(url_for("queues.index"))


def shut(tx: Session) -> list[Stream]:
    """The stream of newsletters, when nothing goes through it now."""
    ours = [stream for stream in Stream.all(tx) if stream.name == settings.broadcast_stream]
    return [stream for stream in ours if stream.state in (State.HELD, State.PAUSED)]
