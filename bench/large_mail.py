"""Mails with all that may be attached, two at once: what taking them costs each process of its memory.

The peaks are the kernel's own (VmHWM), so that nothing between two looks is missed.
"""

import argparse
import base64
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import orjson
from sqlalchemy import text

from bench.command import Report
from bench.stage import Stage, say, until
from bench.webhooks import Webhooks
from models.db import transaction

N = 2  # of each sort
SIZE = 35_000_000  # bytes, all that Postmark takes
PATIENCE = 120.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    """`n` are sent at once: first as Postmark's JSON alone, then with their raw form as well."""
    n = options.n or N
    web, (worker,) = system.start("web"), system.start_workers(1)
    Webhooks(system).wait_for_server()
    assert web.pid and worker.pid
    report: Report = {"name": "large-mail", "n": n, "idle_mb": _peaks(web.pid, worker.pid)}
    for name, with_raw in (("json", False), ("json_and_raw", True)):
        say(f"{n} mails of {SIZE // 1_000_000} MB, {name}")
        began = time.perf_counter()
        _send(system, n, with_raw)
        report |= {f"{name}_seconds": round(time.perf_counter() - began, 1)}
        report |= {f"{name}_peak_mb": _peaks(web.pid, worker.pid)}
    return report


def _send(system: Stage, n: int, with_raw: bool) -> None:
    """Returns when all are stored and understood. Bodies are written once, and sent from the file."""
    with ThreadPoolExecutor(n) as pool:
        answers = list(pool.map(lambda number: _post(system, _body(f"{with_raw}-{number}", with_raw)), range(n)))
    assert answers == [200] * n, answers
    until(_is_done, "the mails to be understood", PATIENCE)


def _post(system: Stage, body: bytes) -> int:
    url = f"{system.variables['BASE_URL']}/webhooks/postmark/inbound"
    secret = system.variables["WEBHOOK_SECRETS"].split(",")[0]
    return httpx.post(url, content=body, auth=("postmark", secret), timeout=PATIENCE).status_code


def _body(name: str, with_raw: bool) -> bytes:
    content = base64.encodebytes(os.urandom(SIZE)).decode()
    file = {"Name": "a.bin", "ContentType": "application/octet-stream", "Content": content.replace("\n", "")}
    mail = {
        "MessageID": name,
        "TextBody": "- wrote note G",
        "Attachments": [file],
        "FromFull": {"Email": "a@b.example"},
    }
    return orjson.dumps(mail | ({"RawEmail": _raw(name, content)} if with_raw else {}))


def _raw(name: str, content: str) -> str:
    return (
        f'From: a@b.example\r\nMessage-ID: <{name}@b.example>\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\n- wrote note G\r\n"
        "--x\r\nContent-Type: application/octet-stream\r\n"
        "Content-Disposition: attachment; filename=a.bin\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{content}--x--\r\n"
    )


def _is_done() -> bool:
    with transaction() as tx:
        return not tx.scalar(text("select count(*) from inbound_emails where state = 'received'"))


def _peaks(web: int, worker: int) -> dict[str, int]:
    """Megabytes: of the one process of gunicorn's that serves, and of the worker."""
    (serving,) = Path(f"/proc/{web}/task/{web}/children").read_text().split()
    return {"web": _peak(int(serving)), "worker": _peak(worker)}


def _peak(pid: int) -> int:
    words = Path(f"/proc/{pid}/status").read_text().split()
    return int(words[words.index("VmHWM:") + 1]) // 1024
