"""The pages of sessions: one session, publishing and cancelling."""

from uuid import uuid4

from booking.domain.sessions import SessionState
from booking.domain.staff import Role
from booking.services import sessions
from tests.given import NOW, World, in_days, meeting
from tests.web.given import text


async def stored(world: World, session):
    return (await sessions.show(world.db, session.id, by=world.manager, now=NOW)).session


async def test_a_session_names_its_people_in_its_agency(world, browsers):
    session = await world.session(capacity=1)
    await world.booked(session, await world.job_seeker("Diallo"))
    await world.waiting(session, await world.job_seeker("Nguyễn"))

    browser = await browsers.of(world.adviser)
    said = text(await browser.get(f"/sessions/{session.id}"))

    assert "DIALLO Aïssatou" in said and "1 NGUYỄN Aïssatou" in said


async def test_a_facilitator_sees_numbers_there_but_no_names(world, browsers):
    session = await world.session()
    await world.booked(session, await world.job_seeker("Diallo"))

    browser = await browsers.of(world.facilitator)
    said = text(await browser.get(f"/sessions/{session.id}"))

    assert "DIALLO" not in said and "Inscriptions (1)" in said


async def test_a_draft_is_not_found_where_one_does_not_plan(world, browsers):
    draft = await world.draft()
    neighbour = await world.staff(Role.MANAGER, await world.another_agency(), "Paul")

    browser = await browsers.of(neighbour)
    assert (await browser.get(f"/sessions/{draft.id}")).status_code == 404
    browser = await browsers.of(world.adviser)
    assert (await browser.get(f"/sessions/{draft.id}")).status_code == 404
    assert (await browser.get(f"/sessions/{uuid4()}")).status_code == 404


async def test_publishing_opens_a_draft(world, browsers):
    draft = await world.draft(meeting(in_days(14), facilitator_id=world.facilitator.id))

    browser = await browsers.of(world.manager)
    page = await browser.after(await browser.post(f"/sessions/{draft.id}/publier"))

    assert "La session est publiée" in text(page)
    assert (await stored(world, draft)).state is SessionState.OPEN


async def test_publishing_twice_is_refused_on_its_page(world, browsers):
    session = await world.session()

    browser = await browsers.of(world.manager)
    answer = await browser.post(f"/sessions/{session.id}/publier")

    assert answer.status_code == 409 and "Cette session est déjà publiée" in text(answer)


async def test_before_cancelling_one_reads_whom_it_touches(world, browsers):
    session = await world.session()
    await world.booked(session, await world.job_seeker(email="a@example.org"))
    await world.booked(session)

    browser = await browsers.of(world.manager)
    said = text(await browser.get(f"/sessions/{session.id}/annuler"))

    assert "2 personnes seront prévenues. 1 par e-mail 1 par papier remis en main propre" in said


async def test_a_cancellation_needs_a_reason(world, browsers):
    session = await world.session()

    browser = await browsers.of(world.manager)
    answer = await browser.post(f"/sessions/{session.id}/annuler", {"because": " "})

    assert answer.status_code == 422 and "Ce champ est obligatoire" in text(answer)
    assert (await stored(world, session)).state is SessionState.OPEN


async def test_a_reason_too_long_is_kept_for_correction(world, browsers):
    session = await world.session()

    browser = await browsers.of(world.manager)
    answer = await browser.post(f"/sessions/{session.id}/annuler", {"because": "panne " * 50})

    assert answer.status_code == 422 and "panne panne" in answer.text


async def test_a_cancelled_session_says_why(world, browsers):
    session = await world.session()

    browser = await browsers.of(world.manager)
    page = await browser.after(await browser.post(f"/sessions/{session.id}/annuler", {"because": "Panne de chauffage"}))

    assert "Annulée : Panne de chauffage" in text(page)


async def test_an_adviser_cancels_no_session(world, browsers):
    session = await world.session()

    browser = await browsers.of(world.adviser)
    assert (await browser.get(f"/sessions/{session.id}/annuler")).status_code == 403
    assert (await browser.post(f"/sessions/{session.id}/annuler", {"because": "x"})).status_code == 403


async def test_a_form_of_another_site_changes_nothing(world, browsers):
    draft = await world.draft()

    browser = await browsers.of(world.manager)
    answer = await browser.forge(f"/sessions/{draft.id}/publier")

    assert answer.status_code == 403 and (await stored(world, draft)).state is SessionState.DRAFT
