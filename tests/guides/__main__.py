"""Make the pictures of the guides again, and write the guides into docs/guides.

    ./dev guides

The world, its clock and its browser are those of the tests, so that a picture changes only when the screen does.
"""

import asyncio
import base64
import sys
import tempfile

from playwright.sync_api import Page, Route, sync_playwright

from booking.storage.migrating import migrate
from booking.web.pages.help_guides import GUIDES, HEIGHT, PICTURES, WIDTH
from booking.web.templating import STATIC
from tests.browser.chromium import program
from tests.browser.serving import serving
from tests.browser.windows import Windows
from tests.given_demo import filled_at
from tests.guides.walks import WALKS, Marks
from tests.guides.writing import GUIDES_FOLDER, written

FLAGS = ["--no-sandbox", "--lang=fr", "--font-render-hinting=none", "--force-color-profile=srgb", "--disable-lcd-text"]
QUALITY, SETTLE_MS = 10, 200
DRAW = """(marks) => {
  document.activeElement?.blur();
  // Each message has a link of its own, which is another one the next time.
  const said = document.querySelectorAll(".said");
  for (const one of said) one.textContent = one.textContent.replace(/http\\S+/, "https://ateliers.example/p/…");
  for (const [number, box] of marks) {
    const frame = document.createElement("div"), badge = document.createElement("div");
    Object.assign(frame.style, { position: "fixed", zIndex: 99, left: `${box.x - 5}px`, top: `${box.y - 5}px`,
      width: `${box.width + 10}px`, height: `${box.height + 10}px`, border: "3px solid #b3261e", borderRadius: "8px" });
    // Over a wide frame words often begin at the left: there the number would cover them.
    Object.assign(badge.style, { position: "absolute", [box.width > 250 ? "right" : "left"]: "-15px", top: "-15px",
      width: "28px", height: "28px",
      borderRadius: "50%", background: "#b3261e", color: "#fff",
      font: "700 17px/28px sans-serif", textAlign: "center" });
    badge.textContent = number;
    frame.append(badge);
    document.body.append(frame);
  }
}"""


def main() -> None:
    """Every picture, then every guide."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.sqlite3"
        migrate(url)
        asyncio.run(filled_at(url))
        with serving(url) as home, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
            for slug in PICTURES:
                picture(Windows(chromium, home), slug)
            chromium.close()
    GUIDES_FOLDER.mkdir(exist_ok=True)
    for slug in GUIDES:
        (GUIDES_FOLDER / f"{slug}.md").write_text(written(slug), encoding="utf-8")


def picture(windows: Windows, slug: str) -> None:
    """Walk until the walk halts with marks, and keep what is seen there."""
    walk = WALKS[slug]
    size = {"width": WIDTH, "height": HEIGHT}
    with windows.of(walk.who, viewport=size, reduced_motion="reduce", service_workers="block") as page:
        page.route("**/static/app.css*", with_its_letters)
        marks = next(marks for marks in walk.steps(page) if marks)
        content = shot(page, marks)
    path = STATIC / f"guide-{slug}.webp"
    path.write_bytes(content)
    print(f"{len(content):7} bytes  {path.name}")


def with_its_letters(route: Route) -> None:
    """Pages do without our typeface where it comes late; a picture waits for it, which no worker may answer instead."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("font-display: optional", "font-display: block"))


def shot(page: Page, marks: Marks) -> bytes:
    """What is on the screen, with a number where each step is done."""
    # What the page still asks for would be drawn over what is drawn below.
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => 0)")
    last = marks[max(marks)]
    last.evaluate(
        "(it) => { it.style.scrollMargin = '70px'; it.scrollIntoView({ block: 'nearest', behavior: 'instant' }); }"
    )
    boxes = [(number, place.bounding_box()) for number, place in marks.items()]
    page.evaluate(DRAW, [one for one in boxes if one[1]])
    return still(page)


def still(page: Page) -> bytes:
    """What is seen once nothing moves any more: two looks that are the same."""
    page.wait_for_load_state("networkidle")
    camera, asked = page.context.new_cdp_session(page), {"format": "webp", "quality": QUALITY}
    before, now = "", str(camera.send("Page.captureScreenshot", asked)["data"])
    while now != before:
        page.wait_for_timeout(SETTLE_MS)
        before, now = now, str(camera.send("Page.captureScreenshot", asked)["data"])
    return base64.b64decode(now)


if __name__ == "__main__":
    sys.exit(main())
