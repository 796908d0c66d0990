"""Placing a person with a scripted browser: python -m tests.benchmarks.placing [--times 20] [--chromium PATH].

From the person chosen to the letter printed: how many interactions, and how many seconds of waiting, with the script of
the page and without it; then how soon another open page shows the seat that is gone. A person takes longer to read.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

from tests.benchmarks.bookings import Office, office, sqlite_file

try:
    from playwright.async_api import async_playwright
except ImportError:
    async_playwright = None

CHROMIUM = "/usr/bin/chromium"
NEEDED = "This needs playwright, which is no dependency of the product: pip install playwright, and a Chromium."
# Printing is what the machine does then; here it is noted instead.
PRINTED = "window.print = () => { document.title = 'printed'; }"
BEST, DONE, PRINT = "article.best [id^=book-]", "#fait .after", "#fait [data-key=p]"


@asynccontextmanager
async def browsing(place: Office, chromium: str, *, script: bool) -> AsyncIterator[Any]:
    """A page of a manager who has signed in."""
    name, _, value = place.town.cookie.partition("=")
    here = f"http://127.0.0.1:{place.server.port}"
    async with async_playwright() as tools:
        browser = await tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        around = await browser.new_context(base_url=here, java_script_enabled=script)
        await around.add_cookies([{"name": name, "value": value, "url": here}])
        await around.add_init_script(PRINTED)
        yield around
        await browser.close()


async def placed(page: Any, person: object, *, script: bool) -> tuple[int, float, float]:
    """Interactions, seconds until the place is confirmed, and seconds until it is printed, from the person chosen."""
    await page.goto(f"/placer?personne={person}")
    begun = time.perf_counter()
    await page.click(BEST)
    await page.wait_for_selector(DONE)
    confirmed = time.perf_counter() - begun
    await page.click(PRINT)
    await page.wait_for_url("**/papier")
    if not script:
        return 2, confirmed, time.perf_counter() - begun
    await page.click("[data-print]")
    await page.wait_for_function("document.title === 'printed'")
    return 3, confirmed, time.perf_counter() - begun


async def noticed(around: Any, people: list[object]) -> float:
    """Seconds from a seat given on one page until another page shows it."""
    watching, acting = await around.new_page(), await around.new_page()
    await watching.goto(f"/placer?personne={people[0]}")
    await acting.goto(f"/placer?personne={people[1]}")
    row = await watching.get_attribute("[data-follows] >> nth=0", "id")
    before = await watching.get_attribute(f"#{row}", "data-sum")
    await acting.click(BEST)
    await acting.wait_for_selector(DONE)
    begun = time.perf_counter()
    await watching.wait_for_function(
        "([row, sum]) => document.getElementById(row).dataset.sum !== sum", arg=[row, before]
    )
    took = time.perf_counter() - begun
    for page in (watching, acting):
        await page.close()
    return took


async def run(times: int, chromium: str) -> None:
    """The whole table."""
    async with sqlite_file() as url, office("SQLite", url, 400, 8 * times + 20, list) as place:
        for script, what in ((True, "with the script"), (False, "without a script")):
            async with browsing(place, chromium, script=script) as around:
                page = await around.new_page()
                await placed(page, next(place.town.people), script=script)
                ran = [await placed(page, next(place.town.people), script=script) for _ in range(times)]
                worst = max(printed for *_, printed in ran)
                print(
                    f"{what:22}{ran[0][0]} interactions, confirmed after {median(one[1] for one in ran):.2f} s, "
                    f"printed after {median(one[2] for one in ran):.2f} s (at worst {worst:.2f} s)"
                )
        async with browsing(place, chromium, script=True) as around:
            took = [
                await noticed(around, [next(place.town.people) for _ in range(2)]) for _ in range(max(3, times // 3))
            ]
            print(
                f"{'another open page':22}shows the seat gone after {median(took):.2f} s (at worst {max(took):.2f} s)"
            )


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=20, help="how many people are placed each way")
    asked.add_argument("--chromium", default=CHROMIUM, help="the browser to use")
    given = asked.parse_args()
    if async_playwright is None:
        sys.exit(NEEDED)
    asyncio.run(run(given.times, given.chromium))
