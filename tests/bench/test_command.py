"""The contract of the two commands: what anybody who calls them may rely on."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.bench.run import ROOT, reports

FIELDS = {
    "reminders": {"addressed_seconds", "enqueued_seconds", "p50_ms", "p99_ms", "lost", "unknown"},
    "import": {"checked_seconds", "rows_lost", "seats_wrong", "file_equal", "serial_per_second"},
    "worker": {"chunked_per_second", "waiting_per_second", "peak_rss_mb"},
}


@pytest.fixture(scope="module")
def told():
    return reports("bench", *FIELDS, "--n", "300")


@pytest.mark.parametrize("name", FIELDS)
def test_a_benchmark_ends_with_one_line_of_json(told, name):
    found = told[name]
    assert FIELDS[name] | {"name", "n", "seconds", "per_second"} <= found.keys()
    assert (found["per_second"] > 0, found.get("lost", 0)) == (True, 0)


def test_without_json_the_figures_are_told_in_words_first():
    command = [sys.executable, "-m", "bench", "enqueue", "--n", "1000"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0].split() == ["name", "enqueue"]
    found = json.loads(told[-1])
    assert (found["n"], found["lost"], found["one_by_one_per_second"] > 0) == (1000, 0, True)


def test_a_name_that_is_not_there_is_answered_with_those_that_are():
    answer = subprocess.run([sys.executable, "-m", "bench", "nothing"], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 2
    assert "reminders" in answer.stderr


def test_what_needs_other_settings_does_not_run_beside_the_rest():
    command = [sys.executable, "-m", "bench.drill", "kill-worker", "awkward-files"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (answer.returncode, "one by one" in answer.stderr) == (2, True)


def test_ctrl_c_leaves_no_process_behind():
    command = [sys.executable, "-m", "bench.drill", "kill-worker", "--n", "1000", "--seconds", "60"]
    mark = {"BENCH_TEST": str(os.getpid())}
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | mark, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as drill:
        for line in drill.stderr:
            if "accepted" in line:
                break
        drill.send_signal(signal.SIGINT)
        assert drill.wait(40) == 130
    deadline = time.monotonic() + 10
    while _marked(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _marked(mark) == []


def _marked(mark: dict[str, str]) -> list[str]:
    """Processes whose environment holds the mark."""
    (word,) = (f"{name}={value}" for name, value in mark.items())
    listed = subprocess.run(["ps", "axeww", "-o", "pid=,command="], capture_output=True, text=True).stdout
    return [line[:150] for line in listed.splitlines() if word in line]
