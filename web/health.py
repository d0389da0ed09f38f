"""Whether this process can do its work: for load balancers and uptime monitors."""

from collections.abc import Callable

from flask import Blueprint, jsonify
from redis import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from jobs.connection import hurry, redis_connection
from models.db import transaction
from web.visitor import public

page = Blueprint("health", __name__)


@page.get("/health")
@public
@hurry()
def show() -> tuple[Response, int]:
    told = {"database": _told(_ask_database), "redis": _told(lambda: redis_connection().ping())}
    return jsonify(told), 200 if set(told.values()) == {"ok"} else 503


def _ask_database() -> None:
    with transaction() as tx:
        tx.execute(text("select 1"))


def _told(ask: Callable[[], object]) -> str:
    """Only the kind of error: its text may hold an address or a password."""
    try:
        ask()
    except (SQLAlchemyError, RedisError) as problem:
        return f"does not answer: {type(problem).__name__}"
    return "ok"
