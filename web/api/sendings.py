"""An edition on its way: held, let go, given up."""

from flask import Blueprint, Response, jsonify

from models.api_key import Scope
from web import sendings
from web.api import bodies
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import YES, record

page = Blueprint("sendings_api", __name__, url_prefix="/editions/<id:edition_id>")

DONE = record(done=YES)


@page.post("/pause")
@needs(Scope.EDITIONS_SEND)
@tells(DONE)
def pause(edition_id: int) -> Response:
    """What has been handed over arrives, nothing else goes out; `done` is false when it is not being sent."""
    bodies.fields()
    return jsonify(done=sendings.pause_now(edition_id))


@page.post("/resume")
@needs(Scope.EDITIONS_SEND)
@tells(DONE)
def resume(edition_id: int) -> Response:
    """It goes on; `done` is false when it is not paused."""
    bodies.fields()
    return jsonify(done=sendings.resume_now(edition_id))


@page.post("/cancel")
@needs(Scope.EDITIONS_SEND)
@tells(DONE)
def cancel(edition_id: int) -> Response:
    """Whoever has not got it does not get it; `done` is false when it is not being sent."""
    bodies.fields()
    return jsonify(done=sendings.cancel_now(edition_id))
