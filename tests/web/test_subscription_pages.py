"""The pages of one's own calendars: adding one, its link shown once, what it shows, and its end."""

import html
import re
from datetime import datetime

import pytest
from sqlalchemy import select

from booking.domain.identifiers import new_id
from booking.domain.staff import Role, Staff
from booking.domain.subscriptions import UNUSED, Detail, FeedKind
from booking.services import subscriptions
from booking.services.subscriptions import Issued, Wish
from booking.storage.tables import audit
from booking.storage.tables import subscriptions as table
from booking.web.pages import subscription_words as words
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.web.given import Browser, Browsers, browsing, text

TOKEN = re.compile(r"/ical/([\w-]{43})/ateliers\.ics")
FORM = {"kind": "facilitator", "detail": "place", "shows_cancelled": "1", "name": ""}


@pytest.fixture
async def karim(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.facilitator)


async def follow(world: World, by: Staff | None = None, **wish: object) -> Issued:
    wished = Wish(**({"kind": FeedKind.FACILITATOR} | wish))  # type: ignore[arg-type]
    return await subscriptions.create(world.db, wished, by=by or world.facilitator, now=NOW)


async def used(world: World, at: datetime, client: str) -> None:
    async with world.db.transaction() as tx:
        await tx.run(table.update().values(last_used_at=at, last_client=client))


def test_every_kind_detail_and_end_is_said_in_plain_words():
    assert set(words.KINDS) == set(words.ABOUT) == set(words.ICONS) == set(FeedKind)
    assert set(words.DETAILS) == set(words.EXPLAINED) == set(Detail)
    assert set(words.OVER) == set(words.WHY_OVER) == set(subscriptions.Over)


async def test_an_empty_page_says_what_it_is_for_and_how_each_program_takes_a_calendar(karim: Browser) -> None:
    page = text(await karim.get("/agendas"))

    assert "Vous ne suivez encore aucun agenda" in page and "le nom d’aucune personne inscrite" in page
    for program in ("Outlook : nouveau", "Outlook classique", "Google Agenda", "Mac", "iPhone", "Thunderbird", "ICSx5"):
        assert program in page
    assert "Google peut mettre une journée" in page


async def test_the_way_stands_in_the_navigation_of_everybody(world: World, browsers: Browsers) -> None:
    for somebody in (world.adviser, world.facilitator, world.manager):
        assert 'href="/agendas"' in (await (await browsers.of(somebody)).get("/sessions")).text


async def test_who_leads_finds_it_beside_the_roll(karim: Browser) -> None:
    navigation = (await karim.get("/agendas")).text.partition("</nav>")[0]

    assert '<a href="/agendas" aria-current="page">' in navigation


async def test_what_is_shown_leads_to_its_calendar(world: World, browsers: Browsers) -> None:
    marion, room = await browsers.of(world.manager), f"quoi=room&amp;lequel={world.room.id}"
    workshop, agency = f"quoi=workshop&amp;lequel={world.workshop.id}", f"quoi=agency&amp;lequel={world.agency.id}"
    ways = {
        f"/ateliers/{world.workshop.id}": workshop,
        f"/salles?agence={world.agency.slug}": agency,
        "/salles": room,
        f"/salles/{world.room.id}/modifier": room,
        "/presence": "quoi=facilitator",
        "/suivi": "quoi=adviser",
        "/sessions": agency,
        f"/sessions?salle={world.room.id}": room,
        f"/sessions?atelier={world.workshop.id}": workshop,
    }

    for path, asked in ways.items():
        assert f'href="/agendas/nouveau?{asked}"' in (await marion.get(path)).text, path


async def test_the_agenda_of_oneself_leads_to_one_s_own_calendar(world: World, karim: Browser) -> None:
    page = (await karim.get(f"/sessions?animation={world.facilitator.id}")).text

    assert 'href="/agendas/nouveau?quoi=facilitator"' in page


async def test_only_what_one_may_follow_is_offered(world: World, karim: Browser, browsers: Browsers) -> None:
    nadia = await browsers.of(world.adviser)

    mine, hers = text(await karim.get("/agendas/nouveau")), text(await nadia.get("/agendas/nouveau"))

    assert "Mes ateliers" in mine and "mes demandeurs d’emploi" not in mine
    assert "mes demandeurs d’emploi" in hers and "Les séances que vous animez" not in hers


async def test_a_form_can_be_asked_for_filled(world: World, karim: Browser) -> None:
    asked = {"room": world.room.id, "agency": world.agency.id, "workshop": world.workshop.id}

    for kind, id in asked.items():
        page = (await karim.get(f"/agendas/nouveau?quoi={kind}&lequel={id}")).text
        assert f'<option value="{id}" selected>' in page and f'name="kind" value="{kind}"' in page


async def test_what_an_address_asks_wrongly_opens_the_usual_form(karim: Browser) -> None:
    for asked in ("quoi=adviser", "quoi=x", "quoi=room&lequel=x&agence=x", f"quoi=room&lequel={new_id(NOW)}"):
        assert (await karim.get(f"/agendas/nouveau?{asked}")).status_code == 200


async def test_rooms_are_those_of_the_agency_that_was_chosen(world: World, browsers: Browsers) -> None:
    await world.another_agency("Annecy")
    agnes = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))

    first, second = [await agnes.get(f"/agendas/nouveau?quoi=room&agence={slug}") for slug in ("", world.agency.slug)]

    assert "Il n’y a rien à suivre ici" in text(first) and "Voir ses salles" in text(first)
    assert f'<option value="{world.room.id}">Vercors' in second.text


async def test_the_link_is_shown_once_in_three_ways_and_as_a_drawing(world: World, karim: Browser) -> None:
    answer = await karim.post("/agendas/nouveau", FORM | {"once": str(new_id(NOW))})

    shown = html.unescape(answer.text)
    (token,) = set(TOKEN.findall(shown))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert f'href="webcal://ateliers.example/ical/{token}/ateliers.ics"' in shown
    assert f'cid=webcal%3A%2F%2Fateliers.example%2Fical%2F{token}%2Fateliers.ics"' in shown
    assert f'value="{SITE.url}/ical/{token}/ateliers.ics"' in shown and "<svg" in shown
    assert "Ce lien est montré une seule fois" in text(answer)

    (one,) = await subscriptions.own(world.db, by=world.facilitator, now=NOW)
    later = [await karim.get(path) for path in ("/agendas", f"/agendas/{one.subscription.id}", "/agendas/nouveau")]
    assert not [page for page in later if token in page.text or "/ical/" in page.text]


async def test_the_page_of_a_fresh_link_asks_nobody_else_for_anything(karim: Browser) -> None:
    answer = await karim.post("/agendas/nouveau", FORM)

    loaded = re.findall(r'(?:src|action|srcset|data)="([^"]+)"|<link[^>]+href="([^"]+)"', answer.text)
    assert loaded and all((one or other).startswith(("/", "#")) for one, other in loaded)
    assert answer.headers["referrer-policy"] == "same-origin" and "default-src 'none'" in str(answer.headers)
    assert 'rel="noopener noreferrer"' in answer.text


async def test_the_secret_stands_in_no_audit_and_no_table(world: World, karim: Browser) -> None:
    (token,) = set(TOKEN.findall((await karim.post("/agendas/nouveau", FORM)).text))

    async with world.db.reading() as tx:
        written = [str(tuple(row)) for row in (*await tx.rows(select(audit)), *await tx.rows(select(table)))]

    assert written and not [row for row in written if token in row]


async def test_a_page_sent_again_makes_no_second_calendar(world: World, karim: Browser) -> None:
    form = FORM | {"once": str(new_id(NOW))}
    await karim.post("/agendas/nouveau", form)

    again = await karim.post("/agendas/nouveau", form)

    assert again.status_code == 409 and "Ce lien a déjà été montré" in text(again)
    assert not TOKEN.findall(again.text)
    assert len(await subscriptions.own(world.db, by=world.facilitator, now=NOW)) == 1


async def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(world: World, karim: Browser) -> None:
    long = await karim.post("/agendas/nouveau", FORM | {"name": "x" * 81, "detail": "busy", "kind": "workshop"})
    unknown = await karim.post("/agendas/nouveau", FORM | {"kind": "moon"})

    assert long.status_code == unknown.status_code == 422
    assert "Ce champ est obligatoire" in text(long) and 'value="busy" checked' in long.text
    assert "x" * 81 in long.text and "Ce choix n’existe pas" in text(unknown)


async def test_what_is_out_of_sight_is_not_found(world: World, karim: Browser, browsers: Browsers) -> None:
    lyon = await world.another_agency()
    nadia, mine = await browsers.of(world.adviser), (await follow(world)).subscription.id

    assert (await karim.post("/agendas/nouveau", FORM | {"kind": "agency", "scope_id": lyon.id})).status_code == 404
    assert (await nadia.get(f"/agendas/{mine}")).status_code == 404
    for action in ("save", "rotate", "revoke", "restore"):
        assert (await nadia.post(f"/agendas/{mine}", {"action": action, "name": "x"})).status_code == 404
    assert (await karim.get(f"/agendas/{mine}")).status_code == 200


async def test_strangers_and_forged_forms_are_refused(world: World, karim: Browser, browsers: Browsers) -> None:
    mine = (await follow(world)).subscription.id

    assert "/connexion" in (await browsers.stranger().get("/agendas")).headers["location"]
    assert (await karim.forge("/agendas/nouveau", FORM)).status_code == 403
    assert (await karim.forge(f"/agendas/{mine}", {"action": "rotate"})).status_code == 403


async def test_the_list_says_who_read_last(world: World, karim: Browser) -> None:
    await follow(world)
    before = text(await karim.get("/agendas"))
    await used(world, NOW - HOUR, "Google Agenda")
    after = text(await karim.get("/agendas"))

    assert "Aucun programme ne l’a encore lu" in before
    assert "Lu en dernier : lundi 19 octobre, 9 h, par Google Agenda" in after


async def test_settings_change(world: World, karim: Browser) -> None:
    mine = (await follow(world)).subscription.id

    saved = await karim.post(f"/agendas/{mine}", {"action": "save", "name": "Chez moi", "detail": "busy"})
    page = text(await karim.after(saved))
    wrong = await karim.post(f"/agendas/{mine}", {"action": "save", "name": " ", "detail": "title"})

    assert "Chez moi" in page and "L’agenda est enregistré" in page and "Sans les séances annulées" in page
    assert wrong.status_code == 422 and 'value="title" checked' in wrong.text


async def test_a_new_link_is_shown_once(world: World, karim: Browser) -> None:
    one = (await follow(world)).subscription
    form = {"action": "rotate", "link": subscriptions.link_made_at(one).isoformat()}
    async with browsing(world, in_days(1)) as tomorrow:
        karim = await tomorrow.of(world.facilitator)

        fresh, again = [await karim.post(f"/agendas/{one.id}", form) for _ in range(2)]

    assert "a un nouveau lien. L’ancien ne montre plus" in text(fresh) and len(set(TOKEN.findall(fresh.text))) == 1
    assert again.status_code == 409 and not TOKEN.findall(again.text)


async def test_what_is_withdrawn_can_be_taken_back(world: World, karim: Browser) -> None:
    mine = (await follow(world)).subscription.id

    gone = await karim.after(await karim.post(f"/agendas/{mine}", {"action": "revoke"}))
    over = await karim.get(f"/agendas/{mine}")
    back = await karim.after(await karim.post(f"/agendas/{mine}", {"action": "restore"}))

    assert "« Mes ateliers » est retiré" in text(gone) and "rétablir Mes ateliers" in text(gone)
    assert "Retiré" in text(over) and "Lien d’agenda révoqué" in text(over)
    assert "Son lien marche de nouveau" in text(back) and "Retiré" not in text(back)


async def test_one_that_slept_offers_a_new_link(world: World) -> None:
    mine = (await follow(world)).subscription.id

    async with browsing(world, NOW + UNUSED) as later:
        page = text(await (await later.of(world.facilitator)).get(f"/agendas/{mine}"))

    assert "Arrêté" in page and "Personne ne l’a lu depuis six mois" in page and "Oui, faire un nouveau lien" in page


async def test_a_preview_shows_the_next_ten_entries_as_they_stand_in_the_calendar(
    world: World, browsers: Browsers
) -> None:
    for n in range(11):
        await world.session(meeting(in_days(2 + n, 1.5), room_id=world.room.id))
    marion, wish = await browsers.of(world.manager), {"kind": FeedKind.AGENCY, "scope_id": world.agency.id}
    whole, busy = [await follow(world, world.manager, **wish, detail=detail) for detail in (Detail.PLACE, Detail.BUSY)]

    shown, hidden = [
        text(await marion.get(f"/agendas/{one.subscription.id}")).partition("telles qu’elles sont")[2]
        for one in (whole, busy)
    ]

    assert shown.count(world.workshop.title) == 10
    assert "mercredi 21 octobre 11 h 30 – 13 h 30 Premiers pas avec l’ordinateur Vercors, Grenoble Bastille" in shown
    assert world.workshop.title not in hidden and "Vercors" not in hidden and "mercredi 21 octobre" in hidden


async def test_an_empty_calendar_shows_its_notice(world: World, karim: Browser) -> None:
    mine = (await follow(world)).subscription.id

    page = text(await karim.get(f"/agendas/{mine}"))

    assert "lundi 19 octobre toute la journée Aucun atelier programmé" in page
