"""Pages as they are printed: what is read, and nothing to press."""

import pytest

from tests.browser.town import Town
from tests.browser.windows import Windows

# As many pixels as an A4 sheet is wide between its margins.
SHEET = {"width": 695, "height": 1000}
SHEETS = {
    "the week": ("claire", "/sessions"),
    "a session": ("claire", "/sessions/{session_id}"),
    "a roll": ("claire", "/presence/{meeting_id}"),
    "a booking": ("hugo", "/inscriptions/{booking_id}"),
    "a person": ("hugo", "/personnes/{job_seeker_id}"),
    "what is to do": ("nadia", "/a-faire"),
    "the figures": ("marion", "/statistiques"),
}
PRESSED = (
    "main :is(button, select, textarea, summary, .btn, input:not([type=hidden], [type=radio], [type=checkbox])):visible"
)
CUT = """() => [...document.querySelectorAll('main *')].filter((one) => one.checkVisibility()
  && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
  .map((one) => one.className)"""


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_has_nothing_to_press_and_loses_nothing(windows: Windows, town: Town, sheet: str):
    who, where = SHEETS[sheet]
    with windows.of(who, viewport=SHEET) as page:
        page.goto(where.format_map(town.ids))
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")

        assert page.locator(PRESSED).count() == 0
        assert page.evaluate(CUT) == []
        assert page.locator(".printed:visible").count() == 1
