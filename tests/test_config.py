"""A wrong environment is told as a list, whatever is started in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STARTS = {
    "worker": ["-m", "jobs.worker"],
    "scheduler": ["-m", "jobs.scheduler"],
    "migrations": ["-m", "migrations"],
    "web": ["-m", "gunicorn", "web.wsgi:app", "--bind", "127.0.0.1:0", "--no-control-socket"],
}


@pytest.mark.parametrize("name", STARTS)
def test_what_is_wrong_is_listed_without_a_traceback(name: str) -> None:
    wrong = {
        **os.environ,
        "SECRET_KEY": "short",
        "DATABASE_URL": "mysql://there",
        "MAIL_FROM": "",
        "RESULTS_FROM": "mx.google.com",
    }
    command = [sys.executable, *STARTS[name]]
    ended = subprocess.run(command, cwd=ROOT, env=wrong, capture_output=True, text=True, timeout=30)
    assert ended.returncode == (3 if name == "web" else 1)
    assert "Traceback" not in ended.stderr
    for line in (
        "The environment is not complete:",
        "  SECRET_KEY must have at least 32 characters",
        "  DATABASE_URL must start with postgres://",
        "  RESULTS_FROM must be two names, as `mx.google.com google.com`",
        "  MAIL_FROM is missing: who our mail is from",
    ):
        assert ended.stderr.count(line) == 1
