"""Who does not see the screen is told at each step of the main tasks what docs/accessibilite.md says."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import heard
from tests.browser.town import Town
from tests.browser.windows import Windows
from tests.house.source import ROOT

DOCUMENT = (ROOT / "docs" / "accessibilite.md").read_text(encoding="utf-8")
Heard = Iterator[tuple[str, str]]


def written(task: str) -> list[tuple[str, list[str]]]:
    """The rows of a task: the role, and the pieces of what is said."""
    part = DOCUMENT.partition(f"## {task}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")][2:]
    return [(role, said.split(" … ")) for _, role, said in rows]


def placing(page: Page, _: Town) -> Heard:
    page.goto("/placer")
    yield heard(page)
    page.keyboard.type("Denis")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Personnes trouvées").get_by_role("link").first).to_be_focused()
    yield heard(page)
    page.keyboard.press("Enter")
    expect(page.locator("#called")).to_be_focused()
    yield heard(page)
    page.keyboard.press("i")
    expect(page.locator(".after")).to_be_focused()
    yield heard(page)


def calling(page: Page, _: Town) -> Heard:
    page.goto("/presence")
    page.locator("[data-roll]").nth(-1).click()
    first = page.locator("[data-row]").last.get_by_role("radio", name="Présent")
    first.focus()
    yield heard(page)
    page.keyboard.press("Space")
    yield heard(page)
    expect(page.locator("[data-live]")).to_contain_text("enregistré")
    yield heard(page, page.locator("[data-live]"))


def coming(page: Page, town: Town) -> Heard:
    page.goto(town.ids["heard_link"])
    page.get_by_role("button", name="Je viens").focus()
    yield heard(page)
    page.keyboard.press("Enter")
    expect(page.locator("#fait")).to_be_visible()
    yield heard(page, page.locator("#fait"))


@pytest.mark.parametrize(
    ("task", "who", "walk"),
    [
        ("Placer une personne", "hugo", placing),
        ("Faire l’appel", "karim", calling),
        ("Dire que l’on vient", "", coming),
    ],
    ids=["placing", "calling the roll", "coming"],
)
def test_each_step_is_announced_as_the_document_says(windows: Windows, town: Town, task: str, who: str, walk):
    rows = written(task)
    with windows.of(who) as page:
        told = list(walk(page, town))

    assert len(told) == len(rows) > 0
    assert [role for role, _ in told] == [role for role, _ in rows]
    for (_, said), (_, pieces) in zip(told, rows, strict=True):
        assert re.search(".*".join(map(re.escape, pieces)), said, re.IGNORECASE), said
