"""Programmes, signs, certificates, call lists and sheets for partners: what stands on them, and for whom they are."""

from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.attendance import Mark
from booking.domain.job_seekers import Need
from booking.domain.staff import Role
from booking.services import handouts, making_up
from booking.services.sending import send_due
from booking.storage.tables import audit
from tests import papers
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_cycles import a_cycle, mark, workshop_with
from tests.web.given import Browsers, browsing, text


@pytest.fixture
async def nadia(world: World, browsers: Browsers):
    return await browsers.of(world.adviser)


async def test_a_programme_has_every_date_and_what_one_needs_to_come(world: World, nadia) -> None:
    await workshop_with(world, objectives="Écrire un e-mail.", to_bring="Une pièce d’identité")
    session = await a_cycle(world)

    answer = await nadia.get(f"/sessions/{session.id}/programme.pdf")
    said = papers.text(answer.content)

    assert 'filename="programme-2026-10-20-premiers-pas-avec-l-ordinateur.pdf"' in answer.headers["content-disposition"]
    assert "4 séances. Venez à chaque séance." in said and "lundi 26 octobre 2026 9 h – 11 h" in said
    assert "Une pièce d’identité" in said and "Écrire un e-mail." in said and "Grenoble Bastille" in said
    assert [said.index(f"{day} octobre") for day in (20, 22, 24, 26)] == sorted(
        said.index(f"{day} octobre") for day in (20, 22, 24, 26)
    )


async def test_the_door_has_a_sheet_for_each_meeting(world: World, nadia) -> None:
    session = await world.session(meeting(in_days(1), room_id=world.room.id), meeting(in_days(3)))

    answer = await nadia.get(f"/sessions/{session.id}/affiche.pdf")
    found = papers.pages(answer.content)

    assert len(found) == 2 and papers.size(answer.content) == (297, 210)
    assert "mardi 20 octobre 2026 10 h – 12 h Vercors" in found[0] and "séance 2 sur 2" in found[1]


async def test_a_certificate_counts_the_meetings_somebody_came_to(world: World) -> None:
    session = await a_cycle(world)
    booking = await world.booked(session, await world.job_seeker("Nguyễn"))
    for n, what in ((1, Mark.ATTENDED), (2, Mark.LATE), (3, Mark.ABSENT)):
        await mark(world, session, n, booking, what)

    async with browsing(world, in_days(9)) as later:
        nadia = await later.of(world.adviser)
        page = await nadia.get(f"/inscriptions/{booking.id}")
        said = papers.text((await nadia.get(f"/inscriptions/{booking.id}/attestation.pdf")).content)

    assert f"/inscriptions/{booking.id}/attestation.pdf" in page.text
    assert "Aïssatou NGUYỄN" in said and "à 2 séances sur 4, 4 heures au total" in said
    assert "arrivée en retard" in said and "24 octobre" not in said and "Fait à Grenoble, le 28 octobre 2026" in said


async def test_a_meeting_made_up_elsewhere_counts_and_says_so(world: World) -> None:
    own, sister = await a_cycle(world), await a_cycle(world, days=(2, 4, 6, 8))
    booking = await world.booked(own)
    await mark(world, own, 1, booking, Mark.ABSENT)
    places = own.meetings[0].id, sister.meetings[0].id
    seat = (await making_up.book(world.db, booking.id, *places, by=world.adviser, now=in_days(1, 3))).booking
    await mark(world, sister, 1, seat, Mark.LATE)
    await mark(world, own, 2, booking, Mark.ATTENDED)

    paper = await handouts.certificate(world.db, booking.id, by=world.adviser, now=in_days(9))

    assert [one.note for one in paper.meetings] == ["rattrapée, arrivée en retard", ""]
    assert (len(paper.meetings), paper.all_meetings, paper.length) == (2, 4, timedelta(hours=4))


async def test_who_never_came_has_no_certificate(world: World, nadia) -> None:
    booking = await world.booked(await a_cycle(world))

    answer = await nadia.get(f"/inscriptions/{booking.id}/attestation.pdf")

    assert answer.status_code == 409 and "Aucune présence n’est notée" in text(answer)


async def test_the_call_list_is_what_waits_for_a_call(world: World, nadia) -> None:
    person = await world.job_seeker("Nguyễn", phone="04 76 12 34 56")
    await world.booked(await world.session(), person)
    await send_due(world.db, Deliveries(), NOW, site=SITE)

    said = papers.text((await nadia.get("/a-faire/appels.pdf")).content)

    assert "À appeler, lundi 19 octobre 2026" in said
    assert "Aïssatou NGUYỄN" in said and "04 76 12 34 56" in said and "Je voudrais parler à" in said


async def test_a_day_without_calls_says_so(nadia) -> None:
    assert "Personne à appeler." in papers.text((await nadia.get("/a-faire/appels.pdf")).content)


async def test_a_sheet_for_a_partner_says_who_comes_and_who_sends(world: World, nadia) -> None:
    person = await world.job_seeker(
        "Nguyễn", phone="06 12 34 56 78", identifier="AB12", needs=frozenset({Need.READS_LITTLE})
    )

    said = papers.text((await nadia.get(f"/personnes/{person.id}/orientation.pdf")).content)

    assert "Aïssatou NGUYỄN" in said and "06 12 34 56 78" in said and "Lit difficilement" in said
    assert "Nadia" in said and "AB12" not in said


async def test_papers_about_people_are_for_who_sees_them_there(world: World, browsers: Browsers) -> None:
    person = await world.job_seeker()
    booking = await world.booked(await world.session(), person)
    about = (f"/personnes/{person.id}/orientation.pdf", f"/inscriptions/{booking.id}/attestation.pdf")
    paul = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Paul"))
    zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))

    for path in about:
        asked = [(await one.get(path)).status_code for one in (paul, zoe, browsers.stranger())]
        assert asked == [404, 403, 302]
    assert (await zoe.get("/a-faire/appels.pdf")).status_code == 403


async def test_a_draft_has_no_programme_for_who_may_not_plan(world: World, nadia) -> None:
    draft = await world.draft()

    assert (await nadia.get(f"/sessions/{draft.id}/programme.pdf")).status_code == 404


async def test_who_prints_a_letter_or_a_list_of_people_is_written_down(world: World, nadia) -> None:
    booking = await world.booked(await world.session())

    for address in (f"/inscriptions/{booking.id}/papier", "/a-faire/appels.pdf", "/a-faire/lettres.pdf"):
        assert (await nadia.get(address)).status_code == 200

    async with world.db.reading() as tx:
        looks = await tx.rows(audit.select().where(audit.c.action == "saw").order_by(audit.c.id))
    assert [(look.noun, look.staff_id) for look in looks] == [
        (noun, world.adviser.id) for noun in ("job_seeker", "calls", "letters")
    ]
