"""A mail of Grace's, who was asked."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest


@pytest.fixture
def prompt(ada: Any) -> Any:
    """Grace's of today."""
    from datetime import UTC, datetime

    from models.db import transaction
    from models.prompt import Prompt
    from models.team_member import TeamMember

    with transaction() as tx:
        return Prompt.on(tx, tx.get_one(TeamMember, ada.other_seat), datetime.now(UTC).date())


@pytest.fixture
def took(prompt: Any) -> Callable[..., int]:
    from tests.web.inbound import arrivals

    return partial(arrivals.take, prompt)
