"""The courier by itself: it goes when it is told to, whatever it is doing."""

import asyncio

from sandbox.courier import Courier
from sandbox.faults import Faults
from sandbox.settings import Settings


async def ends(courier: Courier) -> bool:
    running = asyncio.create_task(courier.run())
    await asyncio.sleep(0.01)
    courier.wake.set()  # as a parcel does that must be tried again
    running.cancel()
    await asyncio.wait([running], timeout=2)
    return running.cancelled()


def test_it_ends_even_when_a_parcel_to_be_tried_again_comes_at_that_moment() -> None:
    assert asyncio.run(ends(Courier(Settings(), Faults())))
