"""Somebody's hands on a page: what they do is counted, and keys are enough where a page can be used by them."""

from dataclasses import dataclass
from time import perf_counter

from playwright.sync_api import Locator, Page

# Nobody presses more often to come to the next thing to do.
MOST_TABS = 120


@dataclass
class Hand:
    """Clicks and keys until now, and since when."""

    page: Page
    clicks: int = 0
    keys: int = 0
    began: float = 0.0

    def begin(self) -> None:
        """From here on the time runs."""
        self.began = perf_counter()

    @property
    def seconds(self) -> float:
        """Since it began; nobody thinks or reads in between."""
        return perf_counter() - self.began

    def click(self, thing: Locator) -> None:
        """One click, or one touch."""
        thing.click()
        self.clicks += 1

    def write(self, field: Locator, text: str) -> None:
        """A field that is not yet ready to be written in is clicked first."""
        if not field.evaluate("(field) => field === document.activeElement"):
            self.click(field)
        self.page.keyboard.type(text)
        self.keys += len(text)

    def pick(self, field: Locator, label: str) -> None:
        """One click opens the list, another picks."""
        field.select_option(label=label)
        self.clicks += 2

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def reach(self, thing: Locator) -> None:
        """Come to it by the key that goes from one thing to the next."""
        for _ in range(MOST_TABS):
            if thing.evaluate("(thing) => thing === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"no key leads to {thing}")
