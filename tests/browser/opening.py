"""A server for a town, and a Chromium in front of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, program
from tests.browser.serving import serving
from tests.browser.windows import Windows


@contextmanager
def opened(url: str) -> Iterator[Windows]:
    """Windows onto the town in this database."""
    with serving(url) as home, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield Windows(chromium, home)
        chromium.close()
