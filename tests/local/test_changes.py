import os
from pathlib import Path

import pytest

from local.changes import Changes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "edition.py").write_text("")
    (tmp_path / "config.py").write_text("")
    return tmp_path


def test_a_change_is_noticed_once(root: Path) -> None:
    changes = Changes(root)
    assert not changes.any()
    os.utime(root / "models" / "edition.py", ns=(1, 1))
    assert changes.any()
    assert not changes.any()


def test_a_file_that_comes_or_goes_is_a_change(root: Path) -> None:
    changes = Changes(root)
    (root / "models" / "contact.py").write_text("")
    assert changes.any()
    (root / "models" / "contact.py").unlink()
    assert changes.any()


def test_files_that_are_not_source_are_none(root: Path) -> None:
    changes = Changes(root)
    (root / "models" / "edition.pyc").write_text("")
    assert not changes.any()
