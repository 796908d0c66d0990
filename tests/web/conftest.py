"""The product, running on the world of a test."""

from collections.abc import AsyncIterator

import pytest

from tests.given import World
from tests.web.given import DAY, Browser, Browsers, browsing
from tests.web.programs import Programs, running


@pytest.fixture
async def programs(world: World) -> AsyncIterator[Programs]:
    """Programs that talk to the product."""
    async with running(world) as found:
        yield found


@pytest.fixture
async def browsers(world: World) -> AsyncIterator[Browsers]:
    """Browsers that show the product's pages."""
    async with browsing(world) as found:
        yield found


@pytest.fixture
async def day(world: World) -> AsyncIterator[Browsers]:
    """Browsers while tomorrow's meeting is under way."""
    async with browsing(world, DAY) as found:
        yield found


@pytest.fixture
async def tablet(world: World, day: Browsers) -> Browser:
    """The facilitator's, then."""
    return await day.of(world.facilitator)
