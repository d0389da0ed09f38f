"""Runs a benchmark or a drill as anybody would, in its own process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# A quarter of the usual: a message is in doubt after 4 s, and settled after 8 s.
HASTY = {"STALE_AFTER": "4", "PROVIDER_INDEX_LAG": "8"}


def reports(program: str, *arguments: str) -> dict[str, dict[str, Any]]:
    """By the name of each."""
    command = [sys.executable, "-m", program, *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | HASTY, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    return {found["name"]: found for found in map(json.loads, done.stdout.splitlines())}


def report(program: str, *arguments: str) -> dict[str, Any]:
    (found,) = reports(program, *arguments).values()
    return found
