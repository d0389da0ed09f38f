import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture(scope="session")
def provider() -> Iterator[httpx.Client]:
    """The sandbox as a process of its own, under the address that the rooms know."""
    port = os.environ["POSTMARK_API_URL"].rpartition(":")[2]
    process = subprocess.Popen([sys.executable, "-m", "sandbox", "--port", port], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    with httpx.Client(base_url=os.environ["POSTMARK_API_URL"], timeout=10) as client:
        yield client
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def sandbox(provider: httpx.Client) -> httpx.Client:
    provider.delete("/sandbox").raise_for_status()
    provider.delete("/sandbox/faults").raise_for_status()
    return provider
