"""What a page costs to open, and what it says to nobody but developers."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, Response

# What nobody notices.
MOST_SHIFT = 0.01
SHIFT = """() => new Promise((tell) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { shift += +!one.hadRecentInput && one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => tell(shift)));
})"""
# Fonts, and what tells for as long as somebody listens.
LEFT_OUT = re.compile(r"/fonts/|/direct(\?|$)")
SAID = {"error", "warning"}


@dataclass(frozen=True)
class Weight:
    """Bytes on the line, without fonts; requests; how far the page jumped about while it opened."""

    bytes: int
    requests: int
    shift: float


@dataclass
class Watch:
    """Everything a page asks for and complains of, from before it opens."""

    page: Page
    home: str
    sizes: dict[str, int]
    told: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        self.page.on("request", self._notice)
        self.page.on("response", lambda answer: self.answers.append(answer))  # noqa: PLW0108 - Playwright writes on what it calls

    def weight(self) -> Weight:
        """Of what was asked for until now."""
        light = [answer for answer in self.answers if answer.ok and not LEFT_OUT.search(answer.url)]
        return Weight(sum(map(self._size, light)), len(self.answers), self.page.evaluate(SHIFT))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in SAID:
            self.told.append(message.text)

    def _notice(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def _size(self, answer: Response) -> int:
        """As it was sent; the same files come with every page."""
        if "/static/" not in answer.url:
            return _sent(answer)
        if answer.url not in self.sizes:
            self.sizes[answer.url] = _sent(answer)
        return self.sizes[answer.url]


def _sent(answer: Response) -> int:
    return answer.request.sizes()["responseBodySize"]
