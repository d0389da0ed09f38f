"""Finding a browser, or saying that there is none."""

import os
import subprocess
import sys

import pytest

from local import browser


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """All of the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


def program(path, code=0):
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_what_is_on_the_path_is_taken_unless_it_does_not_start(folder):
    program(folder / "chromium", code=1)  # as Ubuntu's, which only says that there is a snap
    good = program(folder / "google-chrome")
    assert browser.found() == good


def test_the_one_that_is_named_is_taken_and_no_other(folder, monkeypatch):
    program(folder / "chromium")
    named = program(folder / "another")
    monkeypatch.setenv("CHROMIUM", named)
    assert browser.found() == named
    monkeypatch.setenv("CHROMIUM", str(folder / "gone"))
    assert browser.found() is None


def test_where_there_is_none_and_none_can_be_had_that_is_said(folder):
    program(full := folder / "full")  # no folder, so nothing can be put into it
    nowhere = {"PATH": str(folder), "PLAYWRIGHT_BROWSERS_PATH": str(full)}
    run = subprocess.run(
        [sys.executable, "-m", "local.browser"], env=os.environ | nowhere, capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 1
    assert run.stderr.strip().endswith(browser.NONE)
