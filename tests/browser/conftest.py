"""One town, one server and one Chromium for all tests; each test has a window of its own."""

from collections.abc import Iterator

import pytest

from tests.browser.chromium import ABSENT, is_there
from tests.browser.opening import opened
from tests.browser.town import Town, build
from tests.browser.windows import Windows
from tests.given_demo import Filled


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """None without a browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.skipif(not is_there(), reason=ABSENT))


@pytest.fixture(scope="package")
def town(in_file: Filled, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """What there is to see."""
    return build(in_file, tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="package")
def windows(town: Town) -> Iterator[Windows]:
    """Windows onto the town."""
    with opened(town.url) as found:
        yield found
