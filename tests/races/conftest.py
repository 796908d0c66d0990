"""A crew of processes for every race."""

from collections.abc import Iterator

import pytest

from tests.races.crew import Crew


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All races one after another in one process: two at a time would slow each other down."""
    for item in items:
        if "tests/races/" in item.nodeid:
            item.add_marker(pytest.mark.xdist_group("races"))


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    """Processes that start together."""
    crew = Crew()
    yield crew
    crew.close()
