"""What the others do in a day, each in a browser: the roll without network, a plan, a link, an account."""

import re

from playwright.sync_api import expect

from tests.browser.looks import violations
from tests.browser.town import Town
from tests.browser.windows import PHONE, TABLET, Windows
from tests.given import NOW

TUESDAY = "[name=weekdays][value='1']"
INITIAL = re.compile(r"^\S.* \S\.$")


def test_marks_made_without_network_are_kept_and_sent_when_it_is_back(windows: Windows):
    with windows.of("karim", viewport=TABLET) as page:
        page.clock.set_fixed_time(NOW)
        page.goto("/presence")
        page.locator("[data-roll]").first.click()
        first, second = page.locator("[data-row]").nth(0), page.locator("[data-row]").nth(1)
        first.get_by_role("radio", name="Présent").check()
        expect(page.locator("[data-live]")).to_contain_text("enregistré")

        page.context.set_offline(True)
        second.get_by_role("radio", name="Retard").check()
        expect(page.locator("[data-trouble]")).to_contain_text("1 présence gardée")
        assert violations(page) == []
        page.context.set_offline(False)

        expect(page.locator("[data-trouble]")).to_be_hidden()
        page.reload()
        expect(page.locator("[data-row]").nth(1).get_by_label("Retard")).to_be_checked()


def test_an_assistant_sees_first_names_and_an_initial(windows: Windows):
    with windows.of("theo") as page:
        page.goto("/presence")
        page.locator("[data-roll]").first.click()

        expect(page.locator(".nm").first).to_have_text(INITIAL)
        assert all(INITIAL.match(name) for name in page.locator(".nm").all_inner_texts())


def test_a_series_is_planned_in_one_form(windows: Windows):
    with windows.of("claire") as page:
        page.goto("/sessions/planifier")
        page.get_by_label("Atelier", exact=True).select_option(label="Souris et clavier")
        page.get_by_label("À partir du").fill("2026-12-01")
        page.locator("label", has=page.locator(TUESDAY)).click()
        page.get_by_label("Début", exact=True).fill("09:30")
        page.get_by_label("Nombre de séances").fill("2")
        page.get_by_label("Animation").select_option(label="Karim Benali")
        page.get_by_role("button", name="Voir les dates").click()
        expect(page.get_by_text("Tout est possible")).to_be_visible()
        assert violations(page) == []

        page.get_by_role("button", name="Publier").click()

        expect(page.get_by_text("Publié :")).to_contain_text("2 sessions")


def test_who_cancels_a_session_says_why_and_sees_whom_it_concerns(windows: Windows, town: Town):
    with windows.of("claire") as page:
        page.goto(f"/sessions/{town.ids['called_off_session_id']}/annuler")
        expect(page.get_by_role("main")).to_contain_text("1 personne")
        page.get_by_label("Motif").fill("Travaux dans l’agence")
        page.get_by_label("Prévenir seulement").check()

        page.get_by_role("button", name="Annuler la session").click()

        expect(page.get_by_role("main")).to_contain_text("annulée")


def test_a_person_answers_by_the_link_on_paper(windows: Windows, town: Town):
    with windows.of(viewport=PHONE) as page:
        page.goto(town.ids["own_link"])
        page.get_by_role("button", name="Je viens").click()
        expect(page.locator("#fait")).to_be_visible()
        assert violations(page) == []

        page.get_by_role("link", name="Je ne peux pas venir").click()
        page.get_by_role("button", name="Oui, je laisse ma place").click()

        expect(page.get_by_role("button", name="Je reprends ma place")).to_be_visible()


def test_a_person_reads_her_page_from_right_to_left(windows: Windows, town: Town):
    with windows.of(viewport=PHONE) as page:
        page.goto(town.ids["own_link"])
        page.locator("a[hreflang=ar]").click()

        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert violations(page) == []


def test_whoever_follows_a_calendar_copies_its_link(windows: Windows):
    with windows.of("lila", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/agendas/nouveau")
        page.get_by_role("button", name="Faire le lien").click()
        page.get_by_role("button", name="Copier").click()

        expect(page.locator("#copied")).to_have_text("L’adresse est copiée.")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#address").input_value()


def test_an_administrator_invites_somebody_and_is_told_what_is_missing(windows: Windows):
    with windows.of("agnes") as page:
        page.goto("/comptes/nouveau")
        page.get_by_label("Prénom et nom").fill("Noé Garnier")
        page.get_by_label("Identifiant").fill("nadia")
        page.get_by_label("E-mail").fill("noe@example.org")
        page.get_by_label("Agence").select_option(label="Agence Lyon Gerland")
        page.get_by_role("button", name="Inviter").click()
        expect(page.get_by_role("alert").first).to_be_focused()
        assert violations(page) == []

        page.get_by_label("Identifiant").fill("noe")
        page.get_by_role("button", name="Inviter").click()

        expect(page.get_by_role("main")).to_contain_text("Noé Garnier")
