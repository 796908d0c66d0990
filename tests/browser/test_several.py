"""One thing done with several sessions at once: ticked in a list, said before, done, and taken back."""

from playwright.sync_api import expect

from tests.browser.looks import faults, violations
from tests.browser.windows import Windows

HERE = "/sessions/plusieurs?etat=ouverte"


def test_several_sessions_are_ticked_changed_and_changed_back(windows: Windows):
    with windows.of("claire") as page:
        page.goto(HERE)
        boxes = page.get_by_role("checkbox", name="Choisir")
        bar = page.get_by_role("form", name="Actions groupées")
        expect(bar.get_by_role("button", name="Décaler")).to_be_disabled()
        boxes.nth(0).check()
        boxes.nth(2).click(modifiers=["Shift"])
        expect(bar.get_by_role("status")).to_have_text("Sélection : 3")
        assert violations(page) == []

        bar.get_by_role("button", name="Changer les places").click()
        page.get_by_label("Places", exact=True).fill("1")
        assert faults(page) == {}
        page.get_by_role("button", name="Changer les places de 3 sessions").click()

        expect(page.get_by_role("status")).to_contain_text("Fait")
        assert faults(page) == {}


def test_all_of_a_page_is_ticked_by_one_box(windows: Windows):
    with windows.of("claire") as page:
        page.goto(HERE)
        page.get_by_role("checkbox", name="Tout", exact=True).check()
        many = page.get_by_role("checkbox", name="Choisir").count()
        expect(page.get_by_role("form", name="Actions groupées").get_by_role("status")).to_have_text(
            f"Sélection : {many}"
        )


def test_without_a_script_every_button_is_there(windows: Windows):
    with windows.of("claire", java_script_enabled=False) as page:
        page.goto(HERE)
        page.get_by_role("checkbox", name="Choisir").first.check()
        page.get_by_role("button", name="Annuler", exact=True).click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Annuler 1 session")
        expect(page.get_by_text("Ce qui va se passer")).to_be_visible()
