"""Ask axe-core about every page, and keep what it said: the declaration of accessibility is made from nothing else.

./dev axe
"""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from booking.storage.migrating import migrate
from booking.web.pages.accessibility import MEASURED
from tests.browser.doors import address, doors, visitor
from tests.browser.looks import AXE, TAGS
from tests.browser.opening import opened
from tests.browser.town import Town, build
from tests.browser.windows import Windows
from tests.given_demo import filled_at

ASK = """async (tags) => {
  const told = await axe.run(document, { runOnly: tags });
  const ids = (kind) => told[kind].map(({ id }) => id);
  return { axe: axe.version, passes: ids("passes"), violations: ids("violations"), incomplete: ids("incomplete") };
}"""


def main() -> None:
    """Look at each page, and write what was found."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.sqlite3"
        migrate(url)
        town = build(asyncio.run(filled_at(url)), Path(folder))
        with opened(town.url) as windows:
            answers = list(filter(None, (asked(windows, town, door) for door in doors())))
    MEASURED.write_text(json.dumps(summed(answers), indent=1) + "\n", encoding="utf-8")


def asked(windows: Windows, town: Town, door: str) -> dict[str, Any] | None:
    """What axe-core says of one page; a page that our town has not is none."""
    with windows.of(visitor(door)) as page:
        answer = page.goto(address(door, town.ids))
        if answer is None or answer.status != 200:
            return None
        page.evaluate(AXE)
        told: dict[str, Any] = page.evaluate(ASK, TAGS)
        print(door, told["violations"], flush=True)
        return told


def summed(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """Of all pages together: the rules that had something to look at, and on how many pages each found something."""
    kinds = ("passes", "violations", "incomplete")
    seen = {kind: Counter(rule for answer in answers for rule in answer[kind]) for kind in kinds}
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "axe": answers[0]["axe"],
        "pages": len(answers),
        "rules": len(set().union(*seen.values())),
        "violations": dict(sorted(seen["violations"].items())),
        "incomplete": dict(sorted(seen["incomplete"].items())),
    }


if __name__ == "__main__":
    sys.exit(main())
