"""The terms of a session and the languages of help: in its form, on its pages, and by a program."""

import pytest

from booking.domain.sessions import Session
from booking.services import scheduling
from tests.given import World, in_days, meeting
from tests.web.given import Browser, Browsers, text
from tests.web.programs import Programs


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


async def as_it_is(world: World, session: Session) -> Session:
    async with world.db.reading() as tx:
        return await scheduling.sessions.load(tx, session.id)


def form(session: Session, **more: object) -> dict[str, object]:
    """The form of a session of one meeting in a fortnight, at ten o'clock in Grenoble."""
    place = session.meetings[0]
    row = {"id.1": str(place.id), "date.1": "2026-11-02", "start.1": "09:00", "end.1": "11:00"}
    row |= {"facilitator.1": str(place.facilitator_id)}
    return {"action": "save", "capacity": "8", "version": str(session.version)} | row | more


OWN = {"own_terms": "1", "window_days": "7", "cutoff_hours": "48", "join_until": "1"}


async def test_a_session_has_terms_of_its_own_and_says_who_is_helped(world: World, marion: Browser, browsers) -> None:
    session = await world.session()

    page = await marion.after(
        await marion.post(f"/sessions/{session.id}/modifier", form(session, languages=["ar", "tr"]) | OWN)
    )

    after = await as_it_is(world, session)
    assert (after.opens_at, after.closes_at, after.languages) == (in_days(7), in_days(12), ("ar", "tr"))
    assert "Inscriptions du lundi 26 octobre au samedi 31 octobre, 9 h" in text(page)
    assert "Aide en langue : arabe, turc" in text(page)
    public = text(await browsers.stranger().get(f"/agences/{world.agency.slug}"))
    assert "Inscriptions du lundi 26 octobre" in public and "arabe, turc" in public


async def test_the_form_shows_them_again_and_goes_back_to_those_of_the_workshop(world: World, marion: Browser) -> None:
    session = await world.session()
    address = f"/sessions/{session.id}/modifier"
    await marion.post(address, form(session, languages="uk") | OWN)

    shown = (await marion.get(address)).text
    assert 'name="own_terms" value="1" checked' in shown and 'value="uk" checked' in shown
    assert 'name="cutoff_hours" value="48"' in shown
    await marion.post(address, form(await as_it_is(world, session)))

    after = await as_it_is(world, session)
    assert (after.window_days, after.cutoff_hours, after.languages) == (None, 0, ())


async def test_terms_of_its_own_stay_when_the_workshop_changes(world: World, marion: Browser) -> None:
    session = await world.session()
    await marion.post(f"/sessions/{session.id}/modifier", form(session) | OWN)
    about = {"title": "Premiers pas", "short_title": "Premiers pas", "level": "beginner", "audience": "job_seekers"}
    numbers = {"usual_minutes": "120", "usual_capacity": "8", "minimum": "1", "cutoff_hours": "5", "join_until": "1"}

    await marion.post(f"/ateliers/{world.workshop.id}/modifier", about | numbers | {"colour": "blue"})

    assert (await as_it_is(world, session)).cutoff_hours == 48


async def test_a_wrong_number_is_told_and_what_was_typed_stays(world: World, marion: Browser) -> None:
    session = await world.session()

    answer = await marion.post(
        f"/sessions/{session.id}/modifier", form(session, languages="ar") | OWN | {"cutoff_hours": "mille"}
    )

    assert answer.status_code == 422 and 'value="mille"' in answer.text and 'value="ar" checked' in answer.text


async def test_who_saw_an_older_version_sees_what_differs(world: World, marion: Browser) -> None:
    session = await world.session()
    address = f"/sessions/{session.id}/modifier"
    await marion.post(address, form(session))

    answer = await marion.post(address, form(session, languages="ar"))

    assert answer.status_code == 412 and "Inscriptions et langues (absente) ar" in text(answer)


async def test_a_new_session_is_planned_with_them(world: World, marion: Browser) -> None:
    row = {"date.1": "2026-11-02", "start.1": "09:00", "end.1": "11:00"}
    new = {"action": "save", "workshop": str(world.workshop.id), "agency": str(world.agency.id), "languages": "so"}

    page = await marion.after(await marion.post("/sessions", new | row | OWN))

    assert "Aide en langue : somali" in text(page) and "au samedi 31 octobre, 9 h" in text(page)


async def test_a_program_plans_reads_and_changes_them(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    when = {"starts_at": in_days(30).isoformat(), "ends_at": in_days(30, 2).isoformat()}
    body = {"agency_id": str(world.agency.id), "workshop_id": str(world.workshop.id), "capacity": 8, "meetings": [when]}
    terms = {"window_days": 10, "cutoff_hours": 24, "join_until": 1}

    made = (await ask("POST", "/sessions", body | {"terms": terms, "languages": ["tr", "ar", "ar"]})).json()
    address, change = f"/sessions/{made['id']}", {"capacity": 8, "meetings": made["meetings"]}
    for one in change["meetings"]:
        for extra in ("position", "room", "sequence"):
            one.pop(extra)
    kept = (await ask("PUT", address, change, {"If-Match": "*"})).json()
    reset = (await ask("PUT", address, change | {"terms": None, "languages": []}, {"If-Match": "*"})).json()
    wrong = await ask("PUT", address, change | {"languages": ["xx"]}, {"If-Match": "*"})

    assert made["languages"] == ["ar", "tr"] and {name: made[name] for name in terms} == terms
    assert (kept["languages"], kept["cutoff_hours"]) == (["ar", "tr"], 24)
    assert (reset["languages"], reset["cutoff_hours"], reset["opens_at"]) == ([], 0, None)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/languages")


async def test_a_session_of_its_own_terms_is_offered_only_within_them(world: World, programs: Programs) -> None:
    session = await world.session(meeting(in_days(14)))
    ask = await programs.of(world.manager)
    change = {"capacity": 8, "terms": {"window_days": 3}, "meetings": []}
    place = session.meetings[0]
    change["meetings"] = [
        {
            "id": str(place.id),
            "starts_at": place.starts_at.isoformat(),
            "ends_at": place.ends_at.isoformat(),
            "facilitator_id": str(place.facilitator_id),
        }
    ]
    await ask("PUT", f"/sessions/{session.id}", change, {"If-Match": "*"})
    adviser = await programs.of(world.adviser)

    person = {"job_seeker_id": str((await world.job_seeker()).id)}
    refused = await adviser("POST", f"/sessions/{session.id}/bookings", person)

    assert (refused.status_code, refused.json()["type"]) == (409, "session-closed")
