"""The Chromium that the browser tests and bin/screenshots drive: one that is there, or one that is installed now.

python -m local.browser          tells where it is, after installing it if need be; 1 when there is none to be had
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "libatomic1")  # the second is for Playwright's driver, and in no bare Debian
APT = (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *PACKAGES])
PLAYWRIGHT = [sys.executable, "-m", "playwright"]
NONE = (
    "No Chromium was found, and none could be installed. Install one (Debian, Ubuntu: apt-get install chromium "
    "libatomic1; elsewhere: .venv/bin/python -m playwright install --with-deps chromium), or name one with "
    "CHROMIUM=/path/to/it."
)


class NoBrowser(RuntimeError):
    """There is no Chromium; the message says how to get one."""


def main() -> int:
    try:
        print(found() or installed())
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def found() -> str | None:
    """The path of a Chromium that starts and can be driven: `CHROMIUM`'s, one on the PATH, or Playwright's own."""
    if not _done([*PLAYWRIGHT, "--version"]):
        return None
    named = os.environ.get("CHROMIUM")
    if named:
        return named if _starts(named) else None
    return next((path for look in (*map(_on_path, NAMES), _own) if (path := look()) and _starts(path)), None)


def installed() -> str:
    """Installs one: by apt-get if we may, otherwise by Playwright. Raises NoBrowser."""
    print("No Chromium here: installing one …", file=sys.stderr)
    may_apt = os.geteuid() == 0 and shutil.which("apt-get")
    for way in (APT if may_apt else (), ([*PLAYWRIGHT, "install", "chromium"],)):
        if way and all(_done(command) for command in way) and (path := found()):
            return path
    raise NoBrowser(NONE)


def _on_path(name: str) -> Callable[[], str | None]:
    return lambda: shutil.which(name)


def _own() -> str:
    """Where Playwright keeps the one that it downloads, whether it is there or not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` may only say that there is a snap."""
    return Path(path).exists() and _done([path, "--version"])


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(main())
