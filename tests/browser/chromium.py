"""Which browser there is on this machine: the system's, or the one that Playwright has brought."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

# The shell of Chromium first: the same pages for two thirds of the processor, as it has no window of its own.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROUGHT = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
# Letters may come late or not at all: pages are right with those of the machine, which are wider.
FLAGS = ["--no-sandbox", "--disable-remote-fonts"]
ABSENT = "NO PAGE WAS SEEN IN A BROWSER: no Chromium runs here (apt-get install chromium-headless-shell)"
PATIENCE = 60


def program() -> str | None:
    """The path of the system's own; none where Playwright looks for its own."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@cache
def is_there() -> bool:
    """Something to look at pages with, that runs on this machine."""
    found = program()
    return runs(found) if found else any(BROUGHT.glob("chromium*"))


def runs(program: str) -> bool:
    """Whether it shows an empty page."""
    asked = [program, "--headless", *FLAGS, "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        shown = subprocess.run(asked, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return shown.returncode == 0 and b"<html" in shown.stdout
