"""How soon a page can be used on a machine that is six times slower."""

from playwright.sync_api import Page

SLOWER = 6
# When the page has been read and its scripts have run, in milliseconds after it was asked for.
READY = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def ready(page: Page, address: str) -> float:
    """Milliseconds from asking for this page to using it."""
    machine = page.context.new_cdp_session(page)
    machine.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    found: float = page.evaluate(READY)
    machine.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return found
