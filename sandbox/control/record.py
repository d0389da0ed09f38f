"""/sandbox/record: every accepted message, and the sums a benchmark or a drill needs."""

import resource
from pathlib import Path
from typing import Any

from sandbox.exchange import Answer, Request, json_answer
from sandbox.record import Record
from sandbox.server import Server

PAGE = 10_000


def show(server: Server, request: Request) -> Answer:
    """Rows with seq > after; the last one's seq is the next `after`."""
    query = request.query
    first = int(query.get("after", -1)) + 1
    last = min(first + min(int(query.get("limit", 1000)), PAGE), len(server.record))
    rows = [{**server.record.row(seq), "happened": _happened(server, seq)} for seq in range(first, last)]
    return json_answer({"total": len(server.record), "messages": rows})


def _happened(server: Server, seq: int) -> list[str]:
    return [event["Type"] for event in server.happened.get(seq, ())]


def summary(server: Server, request: Request) -> Answer:
    return json_answer({**_sums(server.record), **_happenings(server), **_process()})


def forget(server: Server, request: Request) -> Answer:
    server.forget_messages()
    return json_answer({"forgotten": True})


def _sums(record: Record) -> dict[str, Any]:
    return {
        "accepted": len(record),
        "with_delivery": record.with_delivery,
        "unique_by_delivery": len(record.deliveries),
        "duplicates": record.with_delivery - len(record.deliveries),
        "by_stream": record.by_stream,
        "by_tag": record.by_tag,
        "first_accepted_at": record.at[0] if len(record) else None,
        "last_accepted_at": record.at[-1] if len(record) else None,
    }


def _happenings(server: Server) -> dict[str, Any]:
    return {
        "delivered": server.delivered.count(1),
        "bounces": len(server.bounces.all),
        "inbound": len(server.inbound),
        "undelivered": len(server.record) - server.next_delivery,
        "webhooks": {**server.courier.counts, "pending": server.courier.pending},
    }


def _process() -> dict[str, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu_seconds": round(used.ru_utime + used.ru_stime, 3), "rss_bytes": _rss(used.ru_maxrss)}


def _rss(peak_kilobytes: int) -> int:
    """Resident memory now where /proc tells, else the peak."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return peak_kilobytes * 1024
