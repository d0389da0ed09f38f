import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "cat", "dirname", "env")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that needs no packages and was left half set up, set up by two at once from another folder and without an
    environment."""
    path = tmp_path_factory.mktemp("checkout") / "with a space"
    for name in ("bin/setup", "local/setup.py"):
        (path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, path / name)
    (path / "requirements.txt").write_text("# none\n")
    (path / "requirements-dev.txt").write_text("-r requirements.txt\n")
    (path / ".venv/bin").mkdir(parents=True)
    (path / ".venv/bin/python").symlink_to(sys.executable)
    with ThreadPoolExecutor() as pool:
        assert [done.returncode for done in pool.map(setup, [path, path])] == [0, 0]
    return path


def setup(checkout: Path, path: str = os.environ["PATH"]) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": path, "PYTHON": sys.executable}
    return subprocess.run([checkout / "bin" / "setup"], cwd="/", env=environment, capture_output=True, text=True)


def works(checkout: Path) -> bool:
    return subprocess.run([checkout / ".venv/bin/python", "-c", "import pip"], capture_output=True).returncode == 0


def test_what_was_interrupted_is_made_good(checkout: Path) -> None:
    assert works(checkout)


def test_it_takes_no_time_and_says_nothing_when_there_is_nothing_to_do(checkout: Path) -> None:
    seconds = []
    for _ in range(3):
        began = time.monotonic()
        done = setup(checkout)
        seconds.append(time.monotonic() - began)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert min(seconds) < 0.3


def test_it_works_again_when_the_requirements_change(checkout: Path) -> None:
    (checkout / "requirements.txt").write_text("# still none\n")
    assert "packages are installed" in setup(checkout).stderr
    assert setup(checkout).stderr == ""


def test_without_a_python_it_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv" / "stamp").unlink()
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(shutil.which(tool) or "")
    done = subprocess.run([checkout / "bin/setup"], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Postroom needs Python 3.11 or newer, and found none")
