"""Which browser there is on this machine: the system's, or the one that Playwright has brought."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROUGHT = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
# Letters may come late or not at all: pages are right with those of the machine, which are wider.
FLAGS = ["--no-sandbox", "--disable-remote-fonts"]
ABSENT = "NO PAGE WAS SEEN IN A BROWSER: there is no Chromium here (apt-get install chromium)"


def program() -> str | None:
    """The path of the system's own; none where Playwright looks for its own."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def is_there() -> bool:
    """Something to look at pages with."""
    return bool(program()) or any(BROUGHT.glob("chromium*"))
