"""An edition that has gone out, of a newsletter that tracks."""

import pytest


@pytest.fixture
def edition():
    from tests.models.traces.readers import published

    return published(tracks=True)
