import httpx
import pytest


@pytest.fixture
def sandbox(provider: httpx.Client) -> httpx.Client:
    provider.delete("/sandbox").raise_for_status()
    provider.delete("/sandbox/faults").raise_for_status()
    return provider
