import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_configuration_imports_nothing_of_ours() -> None:
    tree = list(ast.walk(ast.parse((ROOT / "config.py").read_text())))
    names = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in tree if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_every_script_works_from_anywhere_and_sets_up_first() -> None:
    for script in set((ROOT / "bin").iterdir()) - {ROOT / "bin" / name for name in ("setup", "pin", "ci")}:
        lines = [line for line in script.read_text().splitlines() if not line.startswith("trap ")]
        assert lines[0] == "#!/usr/bin/env bash" and lines[1].startswith("# ")
        assert lines[2:5] == ["set -euo pipefail", 'cd -P "$(dirname "${BASH_SOURCE[0]}")/.."', "bin/setup"]
        assert script.stat().st_mode & 0o111
