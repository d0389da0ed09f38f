"""bin/screenshots: every page there is, light and dark, on a desk and on a phone, as pictures in `screenshots/`.

bin/screenshots               all pages                bin/screenshots editions results    those with these words
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from local import browser

FOLDER = Path("screenshots")
LOOKS = [(size, scheme) for size in ("desktop", "phone") for scheme in ("light", "dark")]


def main(words: list[str]) -> int:
    _empty()
    from tests.browser.visit import PHONE, WIDE

    FOLDER.mkdir(exist_ok=True)
    sizes = {"desktop": WIDE, "phone": PHONE}
    with _served() as (app, address, house), _chromium() as chromium:
        for who, paths in _everything(app, house, words).items():
            visitor = _arrived(chromium, address, who and house.owner)
            for name, path in paths:
                visitor.go(path)
                for size, scheme in LOOKS:
                    visitor.as_wide_as(sizes[size]).in_the(scheme).picture(FOLDER / f"{name}-{size}-{scheme}.png")
                print(path)
    return 0


def _empty() -> None:
    """Always the same house, on the newest tables."""
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")
    connection.close()
    from alembic import command

    from migrations.__main__ import alembic

    command.upgrade(alembic(), "head")


@contextmanager
def _served() -> Iterator[tuple[Any, str, Any]]:
    from werkzeug.serving import make_server

    from tests.browser.neighbours import move_in
    from tests.web.houses import furnished
    from web.app import create_app

    house = furnished("Ada", "Grace")
    move_in(house)
    server = make_server("127.0.0.1", 0, app := create_app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield app, f"http://127.0.0.1:{server.port}", house
    server.shutdown()


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browser.found() or browser.installed()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path)
        yield running
        running.close()


def _everything(app: Any, house: Any, words: list[str]) -> dict[bool, list[tuple[str, str]]]:
    """`{whether signed in: [(name of the picture, path)]}`, of the pages whose names have one of the words."""
    from tests.browser.test_pages import named

    return {
        who: [
            (name, path)
            for name, path in named(app, house, public=not who)
            if not words or any(w in name for w in words)
        ]
        for who in (True, False)
    }


def _arrived(chromium: Any, address: str, owner: Any) -> Any:
    from tests.browser.visit import Visit
    from tests.web import houses

    visitor = Visit.begin(chromium, address)
    return visitor.go(f"/sign-in/{houses.link(owner)}").press("Sign in") if owner else visitor


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
