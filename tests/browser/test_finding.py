"""The keyboard leads everywhere: to what is searched, from line to line, and never while somebody writes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.looks import violations
from tests.browser.windows import PHONE, Windows


def search(page: Page, words: str) -> None:
    """As anybody does who knows the key."""
    page.goto("/sessions")
    page.keyboard.press("/")
    page.keyboard.type(words)


def test_a_person_is_found_and_opened_without_the_mouse(windows: Windows):
    with windows.of("hugo") as page:
        watch = windows.watch(page)
        search(page, "fabre")
        field, hits = page.get_by_role("combobox", name="Chercher partout"), page.get_by_role("listbox")
        expect(hits.get_by_role("option").first).to_contain_text("FABRE")
        page.keyboard.press("ArrowDown")

        expect(field).to_have_attribute("aria-activedescendant", hits.get_by_role("option").first.get_attribute("id"))
        assert violations(page) == []
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("/personnes/"))
        page.goto("/sessions")
        page.keyboard.press("/")
        expect(hits).to_contain_text("FABRE")
        page.keyboard.press("Escape")
        expect(hits).to_be_hidden()
        assert (watch.told, watch.elsewhere) == ([], [])


def test_keys_go_from_line_to_line_and_do_nothing_in_a_field(windows: Windows):
    with windows.of("claire") as page:
        page.goto("/ateliers")
        first, second = page.locator("main tbody tr, main li").get_by_role("link").nth(0), page.locator(":focus")
        page.keyboard.press("j")
        expect(first).to_be_focused()
        page.keyboard.press("j")
        expect(first).not_to_be_focused()
        assert second.count() == 1

        page.keyboard.press("/")
        page.keyboard.type("nj?")
        expect(page.get_by_role("combobox")).to_have_value("nj?")
        page.get_by_role("heading", level=1).click()
        page.keyboard.press("n")

        expect(page).to_have_url(re.compile("/ateliers/nouveau"))


def test_the_card_of_the_keys_lies_over_the_page(windows: Windows):
    with windows.of("claire") as page:
        page.goto("/sessions")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible()
        assert violations(page) == []

        page.keyboard.press("Escape")

        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page).to_have_url(re.compile("/sessions"))


def test_a_telephone_and_a_browser_without_a_script_have_a_page(windows: Windows):
    with windows.of("hugo", java_script_enabled=False, viewport=PHONE) as page:
        page.goto("/suivi")
        page.get_by_role("link", name="Chercher partout").click()
        page.get_by_role("searchbox").fill("fabre")
        page.get_by_role("button", name="Chercher").click()

        expect(page.get_by_role("link", name=re.compile("FABRE")).first).to_be_visible()
