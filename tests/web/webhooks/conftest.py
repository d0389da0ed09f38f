"""Postmark at our door."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest


@pytest.fixture
def post(app: Any) -> Callable[..., Any]:
    from tests.web.webhooks import postmark

    return partial(postmark.post, app.test_client())
