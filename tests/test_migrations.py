"""Migrations are drafted from the models."""

import shutil
from pathlib import Path

from migrations.__main__ import HERE, draft


def test_a_draft_gets_the_next_number_and_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    known = {path.name for path in folder.glob("versions/*.py")}
    draft("Add a column", folder)
    (fresh,) = {path.name for path in folder.glob("versions/*.py")} - known
    assert fresh == f"{int(max(known)[:4]) + 1:04}_add_a_column.py"
