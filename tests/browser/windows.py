"""Windows of a browser, each with cookies of its own; whoever has signed in once stays so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from booking.demo.filling import PASSWORD
from tests.browser.weights import Watch

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
TABLET = {"width": 820, "height": 1180}
# The desk at 200 %.
DOUBLED = {"width": 683, "height": 384}
# What a person would no longer wait for.
PATIENCE_MS = 10_000


@dataclass
class Windows:
    """A browser, what it shows, and who is signed in."""

    chromium: Browser
    url: str
    known: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def watch(self, page: Page) -> Watch:
        """What this window asks for and complains of from now on."""
        return Watch(page, self.url, self.sizes)

    @contextmanager
    def of(self, name: str = "", **known: Any) -> Iterator[Page]:
        """A new window of this person, or of a stranger."""
        with self.context(storage_state=self._state(name), **known) as context:
            yield context.new_page()

    @contextmanager
    def context(self, **known: Any) -> Iterator[BrowserContext]:
        """A browser that nobody has used."""
        usual = {"base_url": self.url, "viewport": DESK, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
        context = self.chromium.new_context(**(usual | known))
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield context
        finally:
            context.close()

    def _state(self, name: str) -> Any:
        if name and name not in self.known:
            with self.context() as context:
                sign_in(context.new_page(), name)
                self.known[name] = context.storage_state()
        return self.known.get(name)


def sign_in(page: Page, name: str) -> None:
    """As anybody does."""
    page.goto("/connexion")
    page.get_by_label("Identifiant").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url("**/")
