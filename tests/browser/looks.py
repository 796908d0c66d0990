"""Looking at a page as an auditor of accessibility does."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.windows import DESK, DOUBLED, NARROW, PHONE

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE = {"runOnly": TAGS, "resultTypes": ["violations"]}
# What changes with the size of the screen and with its colours; the rest is as it was at the desk.
SMALL = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "aria-hidden-focus"]
IN_HAND = {"runOnly": {"type": "rule", "values": SMALL}, "resultTypes": ["violations"]}
RUN = """async (options) => (await axe.run(document, options)).violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`))"""
OVERFLOW = "() => document.scrollingElement.scrollWidth - innerWidth"
# How much of the window is taken by what does not move when the page does.
STUCK = """() => [...document.querySelectorAll('body, body *')].reduce((sum, one) => {
  const { position, visibility } = getComputedStyle(one);
  const { top, bottom, height } = one.getBoundingClientRect();
  const stays = /^(sticky|fixed)$/.test(position) && visibility === 'visible' && bottom > 0 && top < innerHeight;
  return sum + (stays && (top <= 0 || bottom >= innerHeight) ? height : 0);
}, 0) / innerHeight"""
MOST_STUCK = 0.4


def violations(page: Page, options: dict[str, Any] = WHOLE) -> list[str]:
    """What axe-core finds wrong with the page as it stands, from its top: there nothing lies under what stays put."""
    page.evaluate("scrollTo(0, 0)")
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, options)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page has to be pushed aside to be read on the narrowest screen (WCAG 1.4.10)."""
    page.set_viewport_size(NARROW)
    wide: int = page.evaluate(OVERFLOW)
    return wide


def enlarged(page: Page) -> list[str]:
    """What is lost at the desk at 200 % (WCAG 1.4.4): what lies beside the window, or behind what stays put."""
    page.set_viewport_size(DOUBLED)
    wide, stuck = page.evaluate(OVERFLOW), page.evaluate(STUCK)
    return [
        *([f"{wide} pixels too wide"] if wide > 0 else []),
        *([f"{stuck:.0%} stays put"] if stuck > MOST_STUCK else []),
    ]


def faults(page: Page, *, is_paper: bool = False) -> dict[str, object]:
    """Everything that is wrong with the page as it stands: at the desk, on a phone by night, and how wide it is."""
    found: dict[str, object] = {"at the desk": violations(page)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found["in the dark on a phone"] = violations(page, IN_HAND)
    found["pixels too wide"] = 0 if is_paper else overflow(page)
    found["at 200 %"] = [] if is_paper else enlarged(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    return {where: what for where, what in found.items() if what}
