"""The product, running on the world of a test."""

from collections.abc import AsyncIterator

import pytest

from tests.given import World
from tests.web.given import Browsers, browsing
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
