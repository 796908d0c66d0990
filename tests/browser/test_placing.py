"""An adviser gives somebody a seat, with that person beside him."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.town import Town
from tests.browser.windows import Windows

PAPER = re.compile("/papier")


def find(page: Page, name: str) -> None:
    """Type a name, press Enter, and choose."""
    page.goto("/placer")
    page.locator("#q").fill(name)
    page.keyboard.press("Enter")
    page.get_by_label("Personnes trouvées").get_by_role("link", name=re.compile(name, re.IGNORECASE)).first.click()
    expect(page.locator("#called")).to_contain_text(re.compile(name, re.IGNORECASE))


def seat(page: Page) -> None:
    """Take the seat that is recommended, or the first free one."""
    page.get_by_role("button", name="Inscrire").first.click()
    expect(page.locator("#fait")).to_contain_text("a sa place")


@pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without"])
def test_after_the_person_is_chosen_two_clicks_lead_to_the_seat_and_the_paper(windows: Windows, has_script: bool):
    with windows.of("hugo", java_script_enabled=has_script) as page:
        find(page, "Aubert" if has_script else "Bonnet")

        seat(page)
        page.get_by_role("link", name="Imprimer").click()

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url.endswith("/papier")


def test_who_has_neither_phone_nor_e_mail_leaves_with_paper(windows: Windows):
    with windows.of("hugo") as page:
        page.goto("/placer")
        page.get_by_role("link", name="Nouvelle").click()
        page.get_by_label("Prénom").fill("Marcelle")
        page.get_by_label("Nom", exact=True).fill("Sansligne")
        page.get_by_role("button", name="Créer et choisir").click()
        expect(page.locator("#called")).to_contain_text("SANSLIGNE")

        page.get_by_role("button", name="Inscrire et imprimer").first.click()

        expect(page).to_have_url(PAPER)


def test_a_seat_given_by_mistake_is_given_back_at_once(windows: Windows):
    with windows.of("hugo") as page:
        find(page, "Caron")
        seat(page)

        page.locator("#fait").get_by_role("button", name="Annuler").click()
        expect(page.locator("#fait, .after").first).to_contain_text("est annulée")
        page.get_by_role("button", name="Rétablir").click()

        expect(page.locator("#fait")).to_contain_text("a sa place")


def test_of_two_advisers_who_want_the_last_seat_one_is_told_what_else_there_is(windows: Windows, town: Town):
    there = f"/placer?atelier={town.ids['wanted_workshop_id']}&personne="
    # Without a script the page does not hear that the seat is gone.
    with windows.of("hugo", java_script_enabled=False) as late, windows.of("claire") as quick:
        late.goto(there + town.people["Evrard"])
        quick.goto(there + town.people["Fabre"])
        seat(quick)

        late.get_by_role("button", name="Inscrire").first.click()

        refused = late.get_by_role("alert")
        expect(refused).to_contain_text("complète")
        expect(refused.get_by_role("button", name="Inscrire").first).to_be_visible()


def test_the_keyboard_alone_leads_to_the_paper(windows: Windows):
    with windows.of("hugo") as page:
        page.goto("/placer")
        page.keyboard.type("Denis")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Personnes trouvées").get_by_role("link").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#called")).to_be_focused()

        page.keyboard.press("i")
        expect(page.locator("#fait")).to_contain_text("a sa place")
        page.keyboard.press("p")

        expect(page).to_have_url(PAPER)
