"""The installation at a glance, for those who run it: what is being sent, how it fared, what is due, its stores."""

from typing import Any

from flask import Blueprint, render_template, request
from redis import RedisError

from jobs.connection import hurry, redis_connection
from jobs.schedule import next_tick
from jobs.tick import EVERY_MINUTE
from models import vitals
from models.db import transaction
from models.due import Due
from models.open_sends import OpenSend
from models.stream import Stream
from models.vitals import Vitals
from web.live import live
from web.pulse import SPANS, Pulse
from web.visitor import operators_only

page = Blueprint("operations", __name__, url_prefix="/operations")


@page.get("")
@operators_only
@live
@hurry()
def show() -> str:
    wanted = request.args.get("span", "")
    span = SPANS.get(wanted, SPANS["3h"])
    with transaction() as tx:
        about: dict[str, Any] = {"sends": OpenSend.all(tx), "streams": Stream.all(tx), "due": Due.of(tx)}
        about |= {"vitals": Vitals.of(tx), "tables": vitals.tables(tx), "charts": list(Pulse.of(tx, span).charts())}
    about |= {"span": span, "spans": SPANS, "newest": vitals.newest(), "ticks": EVERY_MINUTE, **_redis()}
    return render_template("operations/show.html", **about)


def _redis() -> dict[str, Any]:
    """What Redis says of itself, and when the next tick is due (Unix time); nothing when it does not answer."""
    try:
        redis = redis_connection()
        told = redis.info()
        return {"redis": told, "next_tick": next_tick(redis)}
    except RedisError:
        return {"redis": None, "next_tick": None}
