"""An archive of Ada's, and strangers who look at it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest


@pytest.fixture
def write(ada: Any) -> Callable[..., int]:
    from tests.web.archives import archive

    return partial(archive.write, ada)


@pytest.fixture
def get(app: Any) -> Callable[..., Any]:
    """A request as a stranger's browser makes it."""
    return lambda path, **headers: app.test_client().get(path, headers=headers)
