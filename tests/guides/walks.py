"""One walk for each topic of the guides, as its steps tell it.

A walk halts where a step ends; where it halts with marks, there the picture is made, and a mark shows where the step of
this number is done.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

Marks = dict[int, Locator]
NOTHING: Marks = {}


@dataclass(frozen=True, slots=True)
class Walk:
    """Who walks, and how."""

    who: str
    steps: Callable[[Page], Iterator[Marks]]


def find(page: Page, name: str) -> None:
    """Somebody whose name begins so."""
    page.goto(f"/placer?q={name}")
    page.get_by_label("Personnes trouvées").get_by_role("link").first.click()
    page.locator("#called").wait_for()


def meet(page: Page, last_name: str, phone: str = "") -> None:
    """Somebody new."""
    page.goto("/placer?nouvelle=1")
    for name, said in (("last_name", last_name), ("first_name", "Camille"), ("phone", phone)):
        page.locator(f"main [name={name}]").fill(said)
    page.get_by_role("button", name="Créer et choisir").click()
    page.locator("#called").wait_for()


def seat(page: Page) -> None:
    """The first seat there is."""
    page.locator("button[id^=book-]").first.click()
    page.locator(".after").wait_for()


def place(page: Page) -> Iterator[Marks]:
    """A seat for somebody with a phone; and the button for somebody without."""
    find(page, "be")
    yield {1: page.locator("#called"), 2: page.locator("button[id^=book-]").first}
    seat(page)
    yield NOTHING
    meet(page, "Essai")
    yield NOTHING


def paper(page: Page) -> Iterator[Marks]:
    """The row that has opened, the sheet, and the same from the booking."""
    meet(page, "Papier", phone="06 39 98 12 00")
    seat(page)
    done = page.locator(".after")
    yield {1: done.get_by_role("link", name="Imprimer"), 4: done.get_by_role("button", name="Remis en main propre")}
    done.get_by_role("link", name="Imprimer").click()
    page.wait_for_url("**/papier**")
    yield NOTHING
    page.goto(page.url.partition("/papier")[0])
    yield NOTHING


def move(page: Page) -> Iterator[Marks]:
    """From the file of a person to what can be changed about a booking."""
    find(page, "ma")
    seat(page)
    page.goto("/suivi")
    page.locator("main a[href^='/personnes/']").first.click()
    page.wait_for_url("**/personnes/**")
    yield NOTHING
    page.get_by_role("link", name="Déplacer ou annuler").first.click()
    page.wait_for_url("**/inscriptions/**")
    yield NOTHING


def to_do(page: Page) -> Iterator[Marks]:
    """The list of the day; what is on it comes from the worker."""
    page.goto("/a-faire")
    yield NOTHING


def follow(page: Page) -> Iterator[Marks]:
    """One's own bookings."""
    page.goto("/suivi")
    yield NOTHING


def roll(page: Page) -> Iterator[Marks]:
    """A meeting of today."""
    page.goto("/presence")
    page.locator("[data-roll]").first.click()
    first = page.locator("[data-row]").first
    first.wait_for()
    yield {2: first, 4: page.get_by_text("Tous les autres présents").first}
    close = page.get_by_text("Clore l’appel")
    close.first.wait_for(state="attached")
    yield NOTHING


def walk_in(page: Page) -> Iterator[Marks]:
    """Somebody who is not on the list."""
    page.goto("/presence")
    page.locator("[data-roll]").first.click()
    page.locator("[data-row]").first.wait_for()
    yield NOTHING
    page.goto(f"{page.locator('[data-walk-in]').first.get_attribute('href')}?q=kowalski")
    yield {2: page.locator("main form:visible").first, 3: page.locator(".people button").first}


def offline(page: Page) -> Iterator[Marks]:
    """Nothing has a name there."""
    page.goto("/presence")
    yield NOTHING


def signing(page: Page) -> Iterator[Marks]:
    """The sheet and its way back."""
    yield from walk_in(page)
    page.goto("/presence/scan")
    yield NOTHING


def plan(page: Page) -> Iterator[Marks]:
    """A series of two."""
    page.goto("/sessions")
    yield NOTHING
    page.goto("/sessions/planifier")
    yield NOTHING
    fill_series(page, "2026-12-01", "09:30", 2).click()
    publish = page.get_by_role("button", name="Publier")
    publish.wait_for()
    yield {4: publish}


def fill_series(page: Page, first_on: str, starts: str, count: int) -> Locator:
    """The form of a series; returns the button that shows its dates."""
    page.goto("/sessions/planifier")
    page.get_by_label("Atelier", exact=True).select_option(label="Souris et clavier")
    page.get_by_label("À partir du").fill(first_on)
    page.get_by_label("Début", exact=True).fill(starts)
    page.get_by_label("Nombre de séances").fill(str(count))
    page.get_by_label("Animation").select_option(label="Karim Benali")
    return page.get_by_role("button", name="Voir les dates").locator("visible=true").last


def first_session(page: Page, *, view: str = "liste") -> None:
    """The page of a session to come."""
    page.goto(f"/sessions?vue={view}")
    hrefs = [one.get_attribute("href") or "" for one in page.locator("main a[href^='/sessions/']").all()]
    page.goto(next(href for href in hrefs if re.fullmatch(r"/sessions/[0-9a-f-]{36}", href)))


def change(page: Page) -> Iterator[Marks]:
    """A meeting of a session."""
    first_session(page)
    yield NOTHING
    page.locator("main a[href*='/seances/']").first.click()
    page.wait_for_url("**/seances/**")
    yield NOTHING


def call_off(page: Page) -> Iterator[Marks]:
    """Until the last question."""
    first_session(page)
    yield NOTHING
    page.get_by_role("link", name="Annuler la session").click()
    reason = page.locator("main [name=because]")
    reason.fill("Travaux dans l’agence")
    yield {
        2: reason,
        3: page.get_by_text("Prévenir seulement"),
        4: page.get_by_role("button", name="Annuler la session"),
    }
    page.goto("/a-rappeler")
    yield NOTHING


def decide(page: Page) -> Iterator[Marks]:
    """A session in two days that nobody has booked, and one beside it."""
    fill_series(page, "2026-10-21", "17:30", 1).click()
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("Publié").first.wait_for()
    page.goto("/a-decider")
    merge = page.get_by_text("Fusionner").locator("visible=true").first
    yield {2: merge}


def figures(page: Page) -> Iterator[Marks]:
    """The figures."""
    page.goto("/statistiques")
    yield NOTHING


WALKS = {
    "placer": Walk("nadia", place),
    "papier": Walk("nadia", paper),
    "deplacer": Walk("nadia", move),
    "a-faire": Walk("nadia", to_do),
    "suivi": Walk("nadia", follow),
    "appel": Walk("karim", roll),
    "sans-inscription": Walk("karim", walk_in),
    "sans-reseau": Walk("karim", offline),
    "emargement": Walk("karim", signing),
    "planifier": Walk("marion", plan),
    "changer": Walk("marion", change),
    "annuler-session": Walk("marion", call_off),
    "a-decider": Walk("marion", decide),
    "statistiques": Walk("marion", figures),
}
