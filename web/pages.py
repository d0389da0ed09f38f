"""Where a page of people begins, when they are read newest first."""

from flask import request


def before() -> int | None:
    """The number that the address names, from below which a page begins."""
    wanted = request.args.get("before", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
