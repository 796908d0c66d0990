"""A crew of processes for every race."""

from collections.abc import Iterator

import pytest

from tests.races.crew import Crew


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Processes that start together."""
    crew = Crew()
    yield crew
    crew.close()
