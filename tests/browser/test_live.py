"""Screens that stay open follow what others do, in another server process too, and say when they no longer can."""

import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import violations
from tests.browser.serving import HOST, PATIENCE, start
from tests.browser.test_placing import seat
from tests.browser.town import Town
from tests.browser.windows import Windows

HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { get: () => isHidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@dataclass
class Other:
    """A second server process for the same town, and the windows onto it."""

    windows: Windows
    town: Town
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """As when a machine fails."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def restart(self) -> None:
        """The same again, at the same place."""
        self.process = start(self.town.url, urlsplit(self.windows.url).port or 0)


@pytest.fixture(scope="module")
def other(windows: Windows, town: Town) -> Iterator[Other]:
    """It runs beside the first as long as these tests."""
    port = (urlsplit(windows.url).port or 0) + 1
    found = Other(Windows(windows.chromium, f"http://{HOST}:{port}"), town, start(town.url, port))
    yield found
    found.kill()


@pytest.fixture
def row(town: Town) -> str:
    """Where one session is shown as a choice."""
    return f"/placer?seule={town.ids['followed_session_id']}"


def free(page: Page) -> Locator:
    return page.locator("[data-follows^='session.'] .free-seats")


def free_now(page: Page) -> int:
    return int(free(page).locator("b").inner_text())


def give(windows: Windows, row: str, person: str) -> None:
    """Somebody else gives a seat there."""
    with windows.of("claire") as page:
        page.goto(f"{row}&personne={person}")
        seat(page)


def test_a_seat_given_in_another_process_shows_on_every_open_screen(
    windows: Windows, other: Other, row: str, town: Town
):
    with windows.of("hugo") as choosing, windows.of("claire") as reading:
        choosing.goto(row)
        reading.goto(f"/sessions/{town.ids['followed_session_id']}")
        before = free_now(choosing)

        give(other.windows, row, town.people["Gautier"])

        expect(free(choosing)).to_contain_text(f"{before - 1} places libres")
        expect(reading.locator("#monde")).to_contain_text("GAUTIER")


def test_what_somebody_has_in_hand_stays_and_all_around_it_is_drawn(
    windows: Windows, other: Other, row: str, town: Town
):
    with windows.of("hugo") as page:
        page.goto(f"{row}&personne={town.people['Joly']}")
        before = free_now(page)
        button = page.locator("[data-follows^='session.']").get_by_role("button", name="Inscrire")
        button.focus()
        button.evaluate("(button) => { button.inHand = true; }")

        give(other.windows, row, town.people["Hamel"])

        expect(free(page)).to_contain_text(f"{before - 1} places libres")
        assert page.evaluate("document.activeElement.inHand")


def test_a_hidden_tab_is_silent_and_right_when_it_is_seen_again(windows: Windows, row: str, town: Town):
    with windows.of("hugo") as page:
        page.goto(row)
        expect(free(page)).to_be_visible()
        before = free_now(page)
        page.evaluate(HIDE, True)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        give(windows, row, town.people["Imbert"])
        silent = list(asked)
        page.evaluate(HIDE, False)

        expect(free(page)).to_contain_text(f"{before - 1} places libres")
        assert silent == []


def test_a_screen_that_lost_its_server_says_so_and_is_right_when_it_is_back(
    windows: Windows, other: Other, row: str, town: Town
):
    with other.windows.of("hugo") as page:
        page.goto(row)
        before = free_now(page)
        other.kill()
        notice = page.locator(".cut")
        expect(notice).to_contain_text("Connexion perdue")
        assert violations(page) == []

        give(windows, row, town.people["Klein"])
        other.restart()

        expect(notice).to_be_hidden(timeout=20_000)
        expect(free(page)).to_contain_text(f"{before - 1} places libres")
