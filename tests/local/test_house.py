import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("models", "emails", "jobs", "web")
KNOWN_BY = {
    "postmarker": "emails/postmark.py",
    "premailer": "emails/inlining.py",
    "dns": "emails/resolver.py",
    "nh3": "emails/sanitising.py",
    "PIL": "emails/pictures.py",
    "mrml": "emails/writing/mjml.py",
    "asn1crypto": "emails/pkcs7.py",
    "argon2": "models/password.py",
    "pyotp": "models/second_factor.py",
    "chardet": "models/imports/dialect.py",
    "clevercsv": "models/imports/dialect.py",
    "rq_scheduler": "jobs/schedule.py",
    "sentry_sdk": "jobs/sentry.py",
}


def test_the_configuration_imports_nothing_of_ours() -> None:
    tree = list(ast.walk(ast.parse((ROOT / "config.py").read_text())))
    names = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in tree if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_one_file_knows_each_outside_thing() -> None:
    knowing: dict[str, set[str]] = {}
    for path in _code(*ROOMS):
        for thing in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(), re.MULTILINE):
            knowing.setdefault(thing, set()).add(str(path.relative_to(ROOT)))
    assert {thing: knowing[thing] for thing in KNOWN_BY} == {thing: {path} for thing, path in KNOWN_BY.items()}


def test_whoever_catches_everything_says_why_or_raises_it_again() -> None:
    assert [place for path in _code(*ROOMS, "sandbox", "local", "bench") for place in _silently_broad(path)] == []


def test_every_script_works_from_anywhere_and_sets_up_first() -> None:
    for script in set((ROOT / "bin").iterdir()) - {ROOT / "bin" / name for name in ("setup", "pin", "ci")}:
        lines = [line for line in script.read_text().splitlines() if not line.startswith("trap ")]
        assert lines[0] == "#!/usr/bin/env bash" and lines[1].startswith("# ")
        assert lines[2:5] == ["set -euo pipefail", 'cd -P "$(dirname "${BASH_SOURCE[0]}")/.."', "bin/setup"]
        assert script.stat().st_mode & 0o111


def _code(*rooms: str) -> Iterator[Path]:
    return (path for room in rooms for path in sorted((ROOT / room).rglob("*.py")))


def _silently_broad(path: Path) -> Iterator[str]:
    """Where it catches whatever comes, does not end by raising, and no comment beside it says why."""
    lines = path.read_text().splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.ExceptHandler) and "#" not in lines[node.lineno - 1]:
            everything = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            if everything and not isinstance(node.body[-1], ast.Raise):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"
