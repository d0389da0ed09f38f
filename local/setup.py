"""bin/setup: makes .venv with the packages of requirements-dev.txt, each at its pinned version.

Runs on the Python that was found, before there is any package: the standard library is all it may use. Safe to repeat,
to interrupt and to run twice at once: the stamp is written last, under a lock, and without it all is done again.
"""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "stamp"
REQUIREMENTS = "requirements-dev.txt"

NO_PIP = (
    "This Python ({python}) has neither ensurepip nor pip, so it cannot install packages. "
    "Install the package python3-venv (Debian, Ubuntu: apt-get install python3-venv) and run bin/setup again."
)


def main() -> None:
    with _lock():
        if STAMP.exists() and STAMP.read_text() == _stamp():
            return  # another set-up has done it while we waited
        STAMP.unlink(missing_ok=True)
        if not _usable():
            _make()
        _install()
        STAMP.write_text(_stamp())


def _stamp() -> str:
    """What .venv was made from and for; bin/setup compares it with the same words."""
    files = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt", VENV / "pyvenv.cfg")
    return "".join(file.read_text() for file in files) + f"{ROOT}\n"


@contextmanager
def _lock() -> Iterator[None]:
    with (ROOT / ".venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another bin/setup is at work: waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _usable() -> bool:
    """Whether .venv is whole, is here (scripts in it hold absolute paths) and is of this very Python version."""
    question = "import pip, sys; print(*sys.version_info[:3], sys.prefix)"
    wanted = " ".join(map(str, (*sys.version_info[:3], VENV)))
    return PYTHON.exists() and _output(PYTHON, "-c", question) == wanted


def _make() -> None:
    say(f"Making .venv with Python {sys.version.split()[0]} …")
    for way in (_with_ensurepip, _with_pip, _with_virtualenv):
        shutil.rmtree(VENV, ignore_errors=True)
        if way() and _usable():
            return
    shutil.rmtree(VENV, ignore_errors=True)
    sys.exit(NO_PIP.format(python=sys.executable))


def _with_ensurepip() -> bool:
    return _succeeds(sys.executable, "-m", "venv", VENV)


def _with_pip() -> bool:
    """Debian keeps ensurepip in a package of its own; a pip from anywhere can put another into .venv."""
    if not _succeeds(sys.executable, "-m", "venv", "--without-pip", VENV):
        return False
    pips = [[sys.executable, "-m", "pip"], ["pip3"], ["pip"]]
    return any(_succeeds(*pip, "--python", PYTHON, "install", "pip") for pip in pips)


def _with_virtualenv() -> bool:
    ways = [[sys.executable, "-m", "virtualenv"], ["virtualenv", "--python", sys.executable]]
    return any(_succeeds(*way, VENV) for way in ways)


def _install() -> None:
    wanted = sum("==" in line for line in _stamp().splitlines())
    said: list[str] = []
    options = ["--disable-pip-version-check", "--progress-bar=off", "-r", REQUIREMENTS]
    with subprocess.Popen(
        [PYTHON, "-m", "pip", "install", *options],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            _show(said, wanted)
    if pip.returncode:
        sys.exit("".join(said[-40:]) + f"\npip could not install {REQUIREMENTS}; bin/setup may simply be run again.")
    say(f"{wanted} packages are installed in .venv")


def _show(said: list[str], wanted: int) -> None:
    """One line that counts up on a terminal; a line now and then elsewhere."""
    done = sum(line.startswith(("Collecting ", "Requirement already")) for line in said)
    if said[-1].startswith("Collecting ") and sys.stderr.isatty():
        print(f"\rFetching packages: {min(done, wanted)} of {wanted} ", end="", file=sys.stderr, flush=True)
    elif said[-1].startswith("Collecting ") and done % 20 == 1:
        say(f"Fetching packages: {min(done, wanted)} of {wanted} …")
    elif said[-1].startswith("Installing collected"):
        say("\nInstalling them …" if sys.stderr.isatty() else "Installing them …")


def _output(*command: "str | Path") -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _succeeds(*command: "str | Path") -> bool:
    try:
        return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
    except OSError:
        return False


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("\nInterrupted; the next bin/setup goes on from here.")
        sys.exit(130)
