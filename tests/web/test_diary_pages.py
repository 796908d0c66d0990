"""The pages of calendars elsewhere: for a person of the team, for a room, and for oneself."""

import pytest

from booking.domain.staff import Role
from booking.services import external_calendars
from booking.web.security import form_token
from tests.given import DAY, NOW, World, in_days, meeting
from tests.given_diaries import URL, added, copier, diary
from tests.web.given import Browser, Browsers, text

WHEN = in_days(14)
BUSY = (WHEN, in_days(14, 2))
NAMED = {"name": "Agenda Google", "url": URL}


def serving(browsers: Browsers, *answers: bytes | str | None) -> None:
    """What stands on the Internet."""
    browsers.app.state["copier"] = copier(*answers)


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


@pytest.fixture
async def karim(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.facilitator)


def pages(world: World) -> list[str]:
    return [f"/equipe/{world.facilitator.id}/agenda-exterieur", f"/salles/{world.room.id}/agenda-exterieur"]


async def send(browser: Browser, path: str, content: bytes = b"", **typed: str):
    token = {"form_token": form_token(browser.secret)}
    return await browser.http.post(path, data=token | typed, files={"file": ("agenda.ics", content)})


async def test_an_address_is_added_for_a_person_and_for_a_room_and_not_shown_again(world, browsers, marion) -> None:
    serving(browsers, diary(BUSY))
    for path in pages(world):
        page = await marion.after(await send(marion, path, **NAMED))

        assert "L’agenda est lu" in text(page) and "1 évènement lu" in text(page)
        assert "agenda.example.org/…" in text(page) and "secret-4f2a" not in page.text
    assert "Agenda Google" in text(await marion.get(f"/equipe/{world.facilitator.id}"))
    assert "Agenda Google" in text(await marion.get(f"/salles/{world.room.id}/modifier"))


async def test_who_leads_adds_his_own(world: World, browsers: Browsers, karim: Browser) -> None:
    serving(browsers, diary(BUSY))

    page = await karim.after(await send(karim, "/mon-agenda-exterieur", **NAMED | {"url": "webcal" + URL[5:]}))

    assert "L’agenda est lu" in text(page) and 'href="/mon-agenda-exterieur"' in (await karim.get("/")).text
    (kept,) = (await external_calendars.of_person(world.db, world.facilitator.id, by=world.manager, now=NOW)).calendars
    assert (kept.url, kept.created_by) == (URL, world.facilitator.id)


async def test_a_file_is_added_and_says_how_far_it_counts(world: World, marion: Browser) -> None:
    page = text(await marion.after(await send(marion, pages(world)[0], diary(BUSY), name="Mairie")))

    assert "Fichier · 1 évènement lu" in page and "compte jusqu’au vendredi 19 novembre 2027" in page
    assert "Relire maintenant" not in page


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("not-there", "Il n’y a rien à cette adresse"),
        ("timeout", "pas répondu en 10 secondes"),
        ("not-public", "mène à un réseau privé"),
        ("too-large", "5 Mo au plus"),
        ("needs-sign-in", "demande un mot de passe"),
        (b"<html></html>", "C’est une page web"),
        (b"\x89PNG\0", "Ce n’est pas un agenda"),
        (diary(BUSY).replace(b"UID:0", b"UID:0\r\nRRULE:FREQ=SECONDLY"), "plusieurs fois par jour"),
        (diary(BUSY).replace(b"DTSTART:2", b"DTSTART:x"), "Aucun évènement"),
    ],
)
async def test_what_cannot_be_read_is_told_and_nothing_is_lost(world, browsers, marion, answer, said: str) -> None:
    serving(browsers, answer)

    refused = await send(marion, pages(world)[0], **NAMED)

    assert refused.status_code == 422 and said in text(refused)
    assert 'id="e-url"' in refused.text and f'value="{URL}"' in refused.text and 'value="Agenda Google"' in refused.text


@pytest.mark.parametrize(
    ("typed", "content", "field"),
    [
        (NAMED | {"url": "http://10.0.0.1/a.ics"}, b"", "url"),
        (NAMED | {"url": "javascript:alert(1)"}, b"", "url"),
        (NAMED | {"url": ""}, b"", "url"),
        (NAMED | {"name": ""}, b"", "name"),
        ({"name": "Mairie"}, b"%PDF-1.7", "file"),
    ],
)
async def test_what_is_missing_is_told_beside_its_field(world, marion, typed, content: bytes, field: str) -> None:
    refused = await send(marion, pages(world)[1], content, **typed)

    assert refused.status_code == 422 and f'id="e-{field}"' in refused.text


async def test_neither_address_nor_file_is_asked_for_in_words_and_neither_is_called_optional(world, marion) -> None:
    path = pages(world)[1]

    refused = await send(marion, path, b"", name="Mairie", url="")

    assert "Donnez une adresse, ou choisissez un fichier .ics qui n’est pas vide." in text(refused)
    assert 'value="Mairie"' in refused.text and "(facultatif)" not in text(await marion.get(path))


async def test_a_file_of_fifty_megabytes_is_refused_in_words(world: World, marion: Browser) -> None:
    refused = await send(marion, pages(world)[0], b"x" * 50_000_000, name="Mairie")

    assert refused.status_code == 422 and "5 Mo au plus" in text(refused)


@pytest.mark.parametrize(
    ("days", "said", "what_to_do"),
    [
        (1, "dernière copie bonne du dimanche 18 octobre, 10 h", "Un nouvel essai se fera tout seul"),
        (4, "dernière copie bonne du jeudi 15 octobre, 10 h", "Cela dure depuis trois jours : copiez de nouveau"),
    ],
)
async def test_one_that_fails_says_which_copy_counts_and_at_last_what_to_do(
    world, browsers, marion, days: int, said: str, what_to_do: str
) -> None:
    calendar = await added(world, BUSY, now=NOW - days * DAY)
    serving(browsers, "not-there")

    page = text(await marion.after(await marion.post(f"/agendas-exterieurs/{calendar.id}", {"action": "refresh"})))

    assert "L’agenda n’a pas pu être relu" in page and "Il n’y a rien à cette adresse" in page
    assert said in page and what_to_do in page


async def test_it_is_read_again_named_and_removed(world: World, browsers: Browsers, marion: Browser) -> None:
    calendar = await added(world, room_id=world.room.id)
    address = f"/agendas-exterieurs/{calendar.id}"
    serving(browsers, diary(BUSY))

    renamed = text(await marion.after(await marion.post(address, {"action": "rename", "name": "Salle des fêtes"})))
    nameless = await marion.post(address, {"action": "rename", "name": ""})
    removed = text(await marion.after(await marion.post(address, {"action": "remove"})))

    assert "Salle des fêtes" in renamed and nameless.status_code == 422
    assert "L’agenda est retiré" in removed and "Salle des fêtes" not in removed


async def test_a_planned_meeting_that_clashes_is_shown_where_one_decides(world: World, marion: Browser) -> None:
    session = await world.session(meeting(WHEN, facilitator_id=world.facilitator.id, room_id=world.room.id))
    await added(world, BUSY)
    await added(world, BUSY, room_id=world.room.id)

    decide, shown = await marion.get("/a-decider"), text(await marion.get(f"/sessions/{session.id}"))

    assert "Selon son agenda, Karim n’est pas libre à ce moment" in text(decide)
    assert "Selon son agenda, Vercors n’est pas libre" in text(decide)
    assert "selon son agenda, Karim n’est pas libre" in shown
    assert "1 séance à un moment déjà pris" in text(await marion.get("/"))
    for path in pages(world):
        assert f'href="/sessions/{session.id}"' in (await marion.get(path)).text


async def test_a_meeting_is_held_all_the_same_for_a_reason(world: World, marion: Browser) -> None:
    session = await world.session(meeting(WHEN, facilitator_id=world.facilitator.id))
    await added(world, BUSY)
    address = f"/a-decider/{session.id}/agenda"

    without = await marion.post(address, {"because": " "})
    page = await marion.after(await marion.post(address, {"because": "Il se libère"}))

    assert without.status_code == 422
    assert "la session a lieu" in text(page) and "occupé à ce moment" not in text(page)


async def test_an_adviser_is_not_told_who_is_busy(world: World, browsers: Browsers) -> None:
    session = await world.session(meeting(WHEN, facilitator_id=world.facilitator.id))
    await added(world, BUSY)
    nadia = await browsers.of(world.adviser)

    assert "occupé" not in text(await nadia.get(f"/sessions/{session.id}"))
    assert (await nadia.get("/mon-agenda-exterieur")).status_code == 404
    assert [(await nadia.get(path)).status_code for path in pages(world)] == [403, 403]
    assert (await send(nadia, pages(world)[0], **NAMED)).status_code == 403


async def test_the_planner_says_who_is_busy_and_never_why(world: World, marion: Browser) -> None:
    await added(world, BUSY)
    form = {"agency": str(world.agency.id), "workshop": str(world.workshop.id), "capacity": "8"}
    when = {"action": "save", "date.1": "2026-11-02", "start.1": "09:00", "end.1": "11:00"}

    refused = await marion.post("/sessions", form | when | {"facilitator.1": str(world.facilitator.id)})

    assert refused.status_code == 409 and "Karim est pris à ce moment, selon son agenda" in text(refused)


async def test_a_stranger_of_another_agency_finds_nothing(world: World, browsers: Browsers) -> None:
    calendar = await added(world, BUSY)
    elsewhere = await world.another_agency()
    sonia = await browsers.of(await world.staff(Role.MANAGER, elsewhere, "Sonia"))

    assert [(await sonia.get(path)).status_code for path in pages(world)] == [404, 404]
    assert (await sonia.post(f"/agendas-exterieurs/{calendar.id}", {"action": "remove"})).status_code == 404


async def test_who_leads_finds_the_way_from_his_calendars_and_nobody_else_does(world, browsers, karim) -> None:
    nadia = await browsers.of(world.adviser)

    assert 'href="/mon-agenda-exterieur"' in (await karim.get("/agendas")).text
    assert 'href="/mon-agenda-exterieur"' not in (await nadia.get("/agendas")).text
