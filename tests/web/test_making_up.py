"""Cycles on their pages: joining late, two absences, and making up for a meeting."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.services import making_up
from tests.given import World, in_days
from tests.given_cycles import a_cycle, mark, workshop_with
from tests.web.given import Browser, browsing, text
from tests.web.programs import running

NOW = in_days(1, 3)


@pytest.fixture
async def own(world: World) -> Session:
    return await a_cycle(world)


@pytest.fixture
async def sister(world: World) -> Session:
    return await a_cycle(world, days=(2, 4, 6, 8))


@pytest.fixture
async def booking(world: World, own: Session) -> Booking:
    booked = await world.booked(own, await world.job_seeker("Diallo"))
    await mark(world, own, 1, booked, Mark.ABSENT)
    return booked


@pytest.fixture
async def nadia(world: World):
    async with browsing(world, NOW) as browsers:
        yield await browsers.of(world.adviser)


async def test_a_missed_meeting_is_made_up_from_the_page_of_the_booking(world, own, sister, booking, nadia: Browser):
    page = await nadia.get(f"/inscriptions/{booking.id}")
    assert f'href="/inscriptions/{booking.id}/rattraper"' in page.text
    offered = text(await nadia.get(f"/inscriptions/{booking.id}/rattraper"))
    assert "Séance 1 : mardi 20 octobre" in offered
    chosen = {"missed": str(own.meetings[0].id), "meeting": str(sister.meetings[0].id)}

    seat = await nadia.after(await nadia.post(f"/inscriptions/{booking.id}/rattraper", chosen))

    assert "La personne a une place à cette séance" in text(seat)
    assert "Rattrape une séance : vient seulement à cette date" in text(seat)
    assert "séance à rattraper le mercredi 21 octobre" in text(await nadia.get(f"/inscriptions/{booking.id}"))
    assert "Rattrapage prévu le" in text(await nadia.get(f"/inscriptions/{booking.id}/rattraper"))
    assert "rattrape une séance" in text(await nadia.get(f"/sessions/{sister.id}"))
    assert "à rattraper le mercredi 21 octobre" in text(await nadia.get(f"/personnes/{booking.job_seeker_id}"))


async def test_a_refusal_stands_on_the_page_with_the_offers(world, own, sister, booking, nadia: Browser):
    wrong = {"missed": str(own.meetings[0].id), "meeting": str(sister.meetings[1].id)}

    answer = await nadia.post(f"/inscriptions/{booking.id}/rattraper", wrong)

    assert answer.status_code == 422
    assert "Choisissez la même séance, dans une autre session du même atelier" in text(answer)
    assert "Rattraper ce jour-là" in text(answer)
    assert (await nadia.post(f"/inscriptions/{booking.id}/rattraper", {})).status_code == 422


async def test_who_makes_up_is_called_so_on_the_roster_and_on_the_sheet(world, own, sister, booking):
    meetings = own.meetings[0].id, sister.meetings[0].id
    await making_up.book(world.db, booking.id, *meetings, by=world.adviser, now=NOW)

    async with browsing(world, in_days(2)) as browsers:
        karim = await browsers.of(world.facilitator)
        first, second = sister.meetings[:2]
        assert "DIALLO Aïssatou rattrape" in text(await karim.get(f"/presence/{first.id}"))
        assert "DIALLO (rattrape)" in text(await karim.get(f"/presence/{first.id}/feuille"))
        assert "DIALLO" not in text(await karim.get(f"/presence/{second.id}"))


async def test_who_joins_late_is_shown_from_the_meeting_on_with_which_he_begins(world, nadia: Browser):
    await workshop_with(world, join_until=3)
    cycle = await a_cycle(world)
    late = await world.booked(cycle, now=NOW)

    session, booking = (await nadia.get(f"/sessions/{cycle.id}")), (await nadia.get(f"/inscriptions/{late.id}"))

    assert "depuis la séance n° 2" in text(session)
    assert "on peut rejoindre le cycle jusqu’à la séance n° 3" in text(session)
    assert "A rejoint le cycle à la séance n° 2" in text(booking) and "mardi 20 octobre, 10 h →" not in text(booking)


async def test_the_page_says_that_two_absences_freed_the_seat_and_how_it_may_come_back(world):
    await workshop_with(world, frees_when_absent=True, join_until=3)
    cycle = await a_cycle(world)
    booking = await world.booked(cycle)
    for n in (1, 2):
        await mark(world, cycle, n, booking, Mark.ABSENT)

    async with browsing(world, in_days(3, 1.2)) as browsers:
        nadia, karim = await browsers.of(world.adviser), await browsers.of(world.facilitator)
        page = text(await nadia.get(f"/inscriptions/{booking.id}"))
        letter = text(await nadia.get(f"/inscriptions/{booking.id}/papier"))
        roster = text(await karim.get(f"/presence/{cycle.meetings[1].id}"))

    assert "Le service : deux absences de suite sans excuse" in page
    assert "Corriger la présence ne lui rend pas sa place" in page and "Rétablir l’inscription" in page
    assert "Vous avez manqué deux séances de suite" in letter
    assert "place libérée après deux absences" in roster


async def test_a_program_asks_what_can_be_made_up_and_does_it_once(world, own, sister, booking):
    async with running(world, NOW) as programs:
        ask = await programs.of(world.adviser)
        address = f"/bookings/{booking.id}/make-ups"
        body = {"missed_meeting_id": str(own.meetings[0].id), "meeting_id": str(sister.meetings[0].id)}

        offers = (await ask("GET", address)).json()
        first = await ask("POST", address, body, {"Idempotency-Key": "once"})
        again = await ask("POST", address, body, {"Idempotency-Key": "once"})

    assert (offers[0]["position"], offers[0]["meeting_ids"]) == (1, [str(sister.meetings[0].id)])
    assert (first.status_code, again.json()) == (201, first.json())
    assert first.json()["only_meeting_id"] == body["meeting_id"]
    assert again.headers["idempotent-replayed"] == "true"


async def test_the_list_of_a_day_counts_who_comes_to_each_meeting(world):
    await workshop_with(world, join_until=3)
    cycle = await a_cycle(world)
    await world.booked(cycle)
    await world.booked(cycle, now=NOW)

    async with browsing(world, NOW) as browsers:
        karim = await browsers.of(world.facilitator)
        first, second = [text(await karim.get(f"/presence?jour=2026-10-{day}")) for day in (20, 22)]

    assert "1 personne attendue" in first and "2 personnes attendues" in second
