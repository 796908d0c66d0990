"""Pages as they are in the middle of things: empty, refused, further on, for each role, and in other colours."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import IN_HAND, faults, violations
from tests.browser.town import Town
from tests.browser.windows import NARROW, Windows

# Until a menu that has opened stands where it stays.
SETTLE_MS = 100
STATES = {
    "the day of a facilitator": ("lila", "/"),
    "the day of an assistant": ("theo", "/"),
    "the day of an adviser": ("hugo", "/"),
    "the day of an administrator": ("agnes", "/"),
    "nobody of this name": ("hugo", "/placer?q=Inconnue"),
    "several of this name": ("hugo", "/placer?q=a"),
    "somebody new": ("hugo", "/placer?nouvelle=1"),
    "somebody chosen": ("hugo", "/placer?personne={job_seeker_id}"),
    "a month of sessions": ("claire", "/sessions?vue=mois"),
    "a list of sessions": ("claire", "/sessions?vue=liste"),
    "no session that day": ("lila", "/presence?jour=2026-10-25"),
    "the calendar of a room": ("claire", "/agendas/nouveau?quoi=room"),
    "a person who cannot come": ("", "{own_link}?etape=annuler"),
    "a person who wants another date": ("", "{own_link}?etape=date"),
    "a person who chooses messages": ("", "{own_link}?etape=messages"),
    "a page that is not there": ("claire", "/nulle-part"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_page_in_the_middle_of_things_is_right_for_everybody(windows: Windows, town: Town, state: str):
    who, where = STATES[state]
    with windows.of(who) as page:
        page.goto(where.format_map(town.ids))

        assert page.locator("h1").count() == 1
        assert faults(page) == {}


@pytest.mark.parametrize(
    ("who", "where", "button"),
    [
        ("", "/connexion", "Se connecter"),
        ("hugo", "/placer?nouvelle=1", "Créer et choisir"),
        ("claire", "/sessions/nouvelle", "Enregistrer"),
        ("claire", "/sessions/planifier", "Voir les dates"),
    ],
    ids=["signing in", "somebody new", "a session", "a series"],
)
def test_an_empty_form_says_what_is_missing(windows: Windows, who: str, where: str, button: str):
    with windows.of(who) as page:
        page.goto(where)
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        page.get_by_role("button", name=button).first.click()

        expect(page.get_by_role("alert").first).to_be_visible()
        assert faults(page) == {}


def test_a_menu_of_other_actions_is_left_by_escape_and_its_button_has_the_focus_again(windows: Windows):
    with windows.of("hugo") as page:
        page.goto("/suivi")
        menu, inside = page.locator(".pull > summary"), page.get_by_role("link", name="Exporter (CSV)")

        menu.click()
        expect(inside).to_be_visible()
        assert violations(page, IN_HAND) == []
        page.keyboard.press("Escape")

        expect(inside).to_be_hidden()
        expect(menu).to_be_focused()


@pytest.mark.parametrize(("who", "where"), [("hugo", "/placer"), ("karim", "/presence"), ("claire", "/sessions")])
def test_colours_that_the_person_has_chosen_are_kept(windows: Windows, who: str, where: str):
    with windows.of(who, forced_colors="active") as page:
        page.goto(where)

        assert violations(page, IN_HAND) == []


@pytest.mark.parametrize("wide", [683, 820, 900, 960, 1024])
def test_a_menu_of_other_actions_opens_within_the_window(windows: Windows, town: Town, wide: int):
    with windows.of("claire", viewport={"width": wide, "height": 768}) as page:
        page.goto(f"/sessions/{town.ids['session_id']}")

        page.locator(".pull > summary").click()
        page.wait_for_timeout(SETTLE_MS)

        box = page.locator(".pull > .menu").bounding_box()
        assert box
        assert box["x"] >= 0


def test_on_the_narrowest_screen_nothing_of_the_bar_lies_under_something_else(windows: Windows):
    with windows.of(viewport=NARROW) as page:
        page.goto("/")

        assert violations(page, IN_HAND) == []
