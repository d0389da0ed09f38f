"""A real Chromium before the real pages.

Both live as long as one file of tests, so that Playwright's loop is in no other test's way.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local import browser
from tests.browser.visit import PHONE, WIDE, Visit

WAYS: dict[str, dict[str, Any]] = {
    "a phone without JavaScript": {"size": PHONE, "javascript": False},
    "a desk": {"size": WIDE},
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browser.found()
    assert path, browser.NONE
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path)
        yield running
        running.close()


@pytest.fixture(scope="module")
def app(database: None) -> Any:
    from web.app import create_app

    return create_app()


@pytest.fixture(scope="module")
def address(app: Any) -> Iterator[str]:
    """Where the pages are served, by threads of this process."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Somebody at a browser: `visit(user, javascript=False, width=390)`, or a stranger when there is no user."""
    open_ones: list[Visit] = []

    def begin(user: Any = None, **how: Any) -> Visit:
        from tests.web import houses

        open_ones.append(Visit.begin(chromium, address, **how))
        if user:
            open_ones[-1].go(f"/sign-in/{houses.link(user)}").press("Sign in")
        return open_ones[-1]

    yield begin
    for each in open_ones:
        each.end()


@pytest.fixture(params=WAYS)
def arrive(visit: Callable[..., Visit], request: pytest.FixtureRequest) -> Callable[..., Visit]:
    """The same, at each kind of browser in turn."""
    return lambda user=None: visit(user, **WAYS[request.param])


@pytest.fixture
def ada() -> Any:
    from tests.web.houses import furnished

    return furnished("Ada", "Grace")
