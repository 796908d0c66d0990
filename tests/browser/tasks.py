"""The ten most frequent tasks, each from the first page of whoever does it to its end."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hand
from tests.browser.town import Town

Task = Callable[[Hand, Town], None]


def _go(hand: Hand, where: str) -> Page:
    """By the navigation of every page."""
    menu = hand.page.get_by_role("navigation", name="Navigation principale")
    hand.click(menu.get_by_role("link", name=where, exact=True))
    hand.page.wait_for_load_state()
    return hand.page


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name).first


def _find(hand: Hand, name: str) -> Page:
    page = _go(hand, "Placer")
    hand.write(page.locator("main").get_by_role("searchbox"), name)
    hand.press("Enter")
    found = page.get_by_label("Personnes trouvées").get_by_role("link", name=re.compile(name, re.IGNORECASE))
    hand.click(found.first)
    return page


def place_somebody(hand: Hand, _town: Town) -> None:
    """A seat for somebody known, and the paper."""
    page = _find(hand, "Imbert")
    hand.click(_button(page, "Inscrire"))
    hand.click(page.get_by_role("link", name="Imprimer"))
    page.wait_for_url("**/papier")


def place_somebody_new(hand: Hand, _town: Town) -> None:
    """Who has neither phone nor e-mail: a seat, and the paper."""
    page = _go(hand, "Placer")
    hand.click(page.get_by_role("link", name="Nouvelle"))
    hand.write(page.get_by_label("Prénom"), "Odette")
    hand.write(page.get_by_label("Nom", exact=True), "Sansrien")
    hand.click(_button(page, "Créer et choisir"))
    hand.click(_button(page, "Inscrire et imprimer"))
    page.wait_for_url("**/papier**")


def take_back(hand: Hand, _town: Town) -> None:
    """A seat that was given by mistake, given and given back."""
    page = _find(hand, "Joly")
    hand.click(_button(page, "Inscrire"))
    hand.click(page.locator("#fait").get_by_role("button", name="Annuler"))
    expect(page.get_by_role("button", name="Rétablir")).to_be_visible()


def call_the_roll(hand: Hand, _town: Town) -> None:
    """One is late, all the others are present."""
    page = _go(hand, "Présence")
    hand.click(page.locator("[data-roll]").first)
    hand.click(page.locator("[data-row]").last.locator("label.a2"))
    hand.click(page.locator("[data-others]"))
    expect(page.locator("[data-count=open]")).to_have_text("0")


def add_somebody_who_came(hand: Hand, _town: Town) -> None:
    """Without a booking, and not known."""
    page = _go(hand, "Présence")
    hand.click(page.locator("[data-roll]").first)
    hand.click(page.get_by_role("link", name="Venu sans inscription"))
    hand.write(page.get_by_role("searchbox", name="Nom ou prénom"), "Zanetti")
    hand.press("Enter")
    hand.write(page.get_by_role("textbox", name="Prénom"), "Rosa")
    hand.click(_button(page, "ajouter et pointer présent"))
    expect(page.get_by_role("main")).to_contain_text(re.compile("Zanetti", re.IGNORECASE))


def find_somebody(hand: Hand, _town: Town) -> None:
    """From a page without a search of its own, without the mouse."""
    hand.page.goto("/menu")
    hand.press("/")
    expect(hand.page.locator("#top-q")).to_be_focused()
    hand.write(hand.page.locator("#top-q"), "Klein")
    hand.press("Enter")
    hand.page.wait_for_url("**/recherche**")
    found = hand.page.get_by_role("main").get_by_role("link", name=re.compile("Klein", re.IGNORECASE)).first
    hand.reach(found)
    hand.press("Enter")
    hand.page.wait_for_url("**/personnes/**")


def plan_a_series(hand: Hand, _town: Town) -> None:
    """Twice on a Tuesday, published."""
    page = _go(hand, "Sessions")
    hand.click(page.get_by_role("link", name="Planifier").first)
    hand.pick(page.get_by_label("Atelier", exact=True), "Souris et clavier")
    page.get_by_label("À partir du").fill("2026-12-01")
    hand.click(page.locator("label", has=page.locator("[name=weekdays][value='1']")))
    page.get_by_label("Début", exact=True).fill("15:30")
    page.get_by_label("Nombre de séances").fill("2")
    # A day, an hour and a number, as they are typed.
    hand.keys, hand.clicks = hand.keys + 8 + 4 + 1, hand.clicks + 3
    hand.pick(page.get_by_label("Animation"), "Karim Benali")
    hand.click(_button(page, "Voir les dates"))
    hand.click(_button(page, "Publier"))
    expect(page.get_by_text("Publié :")).to_be_visible()


def copy_a_session(hand: Hand, town: Town) -> None:
    """The same again a week later, from its page."""
    page = hand.page
    page.goto(f"/sessions/{town.ids['session_id']}")
    hand.click(page.locator("details", has=page.locator("a[href$='/copier']")).locator("summary"))
    hand.click(page.get_by_role("link", name="Copier cette session"))
    hand.click(page.get_by_text("semaine suivante"))
    hand.click(_button(page, "Voir les dates"))
    hand.click(_button(page, "Publier"))
    expect(page.get_by_text("Publié :")).to_be_visible()


def call_off_a_session(hand: Hand, town: Town) -> None:
    """With its reason, from its page."""
    page = hand.page
    page.goto(f"/sessions/{town.ids['called_off_session_id']}/annuler")
    hand.write(page.get_by_label("Motif"), "Panne")
    hand.click(page.get_by_label("Prévenir seulement"))
    hand.click(_button(page, "Annuler la session"))
    expect(page.get_by_role("main")).to_contain_text("annulée")


def say_one_comes(hand: Hand, town: Town) -> None:
    """The person herself, by the link of a message."""
    hand.page.goto(town.ids["own_link"])
    hand.click(_button(hand.page, "Je viens"))
    expect(hand.page.locator("#fait")).to_be_visible()


TASKS: dict[Task, str] = {
    place_somebody: "hugo",
    place_somebody_new: "hugo",
    take_back: "hugo",
    find_somebody: "hugo",
    call_the_roll: "karim",
    add_somebody_who_came: "karim",
    plan_a_series: "claire",
    copy_a_session: "claire",
    call_off_a_session: "claire",
    say_one_comes: "",
}
