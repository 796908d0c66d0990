"""The pages of presence: the day, the roll, the sheet to sign."""

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.job_seekers import Need
from booking.domain.staff import Role
from booking.services import attendance, rosters
from tests.given import World, in_days, meeting
from tests.web.given import DAY, browsing, text


@pytest.fixture
async def session(world: World):
    return await world.session(meeting(in_days(1), room_id=world.room.id, facilitator_id=world.facilitator.id))


def address(session) -> str:
    return f"/presence/{session.meetings[0].id}"


def row(booking, mark="", was="", **more) -> dict[str, str]:
    said = {f"was.{booking.id}": was, f"wasreason.{booking.id}": ""}
    marked = {f"mark.{booking.id}": mark} if mark else {}
    return said | marked | {f"{name}.{booking.id}": value for name, value in more.items()}


async def marks(world, session):
    roll = await rosters.call(world.db, session.meetings[0].id, by=world.facilitator)
    return {person.booking_id: (person.mark, person.reason) for person in roll.expected}


async def test_the_day_lists_the_meetings(world, session, tablet):
    answer = await tablet.get("/presence")

    assert answer.status_code == 200
    assert address(session) in answer.text and "j’anime" in text(answer)


async def test_another_day_is_asked_for(world, session, tablet):
    assert address(session) not in (await tablet.get("/presence?jour=2026-10-21")).text
    assert "Aucune séance" in text(await tablet.get("/presence?jour=2026-10-21"))


async def test_the_roll_shows_names_and_needs_but_no_way_to_reach_anybody(world, session, tablet):
    person = await world.job_seeker(
        "Diallo", phone="06 12 34 56 78", email="d@example.org", needs=frozenset({Need.READS_LITTLE})
    )
    await world.booked(session, person)

    answer = await tablet.get(address(session))

    assert "DIALLO Aïssatou" in text(answer) and "Lit difficilement" in text(answer)
    assert "example.org" not in answer.text and "6 12" not in text(answer) and "+336" not in answer.text


async def test_an_assistant_reads_an_initial(world, session, day):
    await world.booked(session, await world.job_seeker("Diallo"))
    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")

    tablet = await day.of(zoe)
    said = text(await tablet.get(address(session)))
    sheet = await tablet.get(f"{address(session)}/feuille")

    assert "Aïssatou D." in said and "Diallo" not in said
    assert sheet.status_code == 403


async def test_marks_are_saved(world, session, tablet):
    first, second, third = [await world.booked(session) for _ in range(3)]
    sent = row(first, "attended", left="1") | row(second, "absent", why="ill") | row(third, "late")

    page = await tablet.after(await tablet.post(address(session), sent))

    assert "Enregistré." in text(page)
    assert await marks(world, session) == {
        first.id: (Mark.LEFT_EARLY, None),
        second.id: (Mark.EXCUSED, Reason.ILL),
        third.id: (Mark.LATE, None),
    }


async def test_all_the_others_are_present(world, session, tablet):
    first, second = [await world.booked(session) for _ in range(2)]
    sent = row(first, "absent") | row(second) | {"action": "others"}

    await tablet.post(address(session), sent)

    assert await marks(world, session) == {first.id: (Mark.ABSENT, None), second.id: (Mark.ATTENDED, None)}


async def test_a_mark_is_taken_back(world, session, tablet):
    booking = await world.booked(session)
    await tablet.post(address(session), row(booking, "late"))

    await tablet.post(address(session), row(booking, "late", was="late") | {"clear": str(booking.id)})

    assert await marks(world, session) == {booking.id: (None, None)}


async def test_a_row_sent_by_the_script_is_answered_without_a_page(world, session, tablet):
    booking = await world.booked(session)

    answer = await tablet.post(address(session), row(booking, "attended"), headers={"X-Row": "1"})

    assert (answer.status_code, answer.text) == (204, "")
    assert await marks(world, session) == {booking.id: (Mark.ATTENDED, None)}


async def test_what_somebody_else_marked_is_shown_and_ones_own_taps_are_kept(world, session, tablet):
    booking = await world.booked(session, await world.job_seeker("Diallo"))
    meeting_id = session.meetings[0].id
    await attendance.mark(world.db, meeting_id, booking.id, Mark.ABSENT, by=world.manager, now=DAY)

    answer = await tablet.post(address(session), row(booking, "attended"))
    quick = await tablet.post(address(session), row(booking, "attended"), headers={"X-Row": "1"})

    assert (answer.status_code, quick.status_code) == (412, 412)
    assert "Aïssatou Diallo : Absent" in text(answer)
    assert 'value="attended" checked' in answer.text and f'name="was.{booking.id}" value="absent"' in answer.text
    assert await marks(world, session) == {booking.id: (Mark.ABSENT, None)}


async def test_before_the_day_nothing_is_marked(world, session, browsers):
    booking = await world.booked(session)

    tablet = await browsers.of(world.facilitator)
    page = await tablet.get(address(session))
    answer = await tablet.post(address(session), row(booking, "attended"))

    assert "La présence se pointe à partir du jour de la séance" in text(page)
    assert answer.status_code == 409 and await marks(world, session) == {booking.id: (None, None)}


async def test_a_mark_nobody_knows_is_refused(world, session, tablet):
    booking = await world.booked(session)

    assert (await tablet.post(address(session), row(booking, "asleep"))).status_code == 422


async def test_only_who_marks_sees_the_roll(world, session, day):
    tablet = await day.of(world.adviser)
    assert (await tablet.get(address(session))).status_code == 403
    assert (await tablet.get("/presence")).status_code == 403


async def test_a_roll_of_another_agency_is_not_found(world, session, day):
    stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul")

    tablet = await day.of(stranger)
    assert (await tablet.get(address(session))).status_code == 404
    assert (await tablet.post(address(session))).status_code == 404


async def test_the_sheet_has_what_the_law_of_training_asks_and_no_more(world, session, tablet):
    person = await world.job_seeker("Diallo", phone="06 12 34 56 78", email="d@example.org", identifier="AB12")
    await world.booked(session, person)

    answer = await tablet.get(f"{address(session)}/feuille")
    said = text(answer)

    assert answer.status_code == 200
    assert "Feuille d’émargement" in said and "mardi 20 octobre 2026" in said and "10 h – 12 h" in said
    assert "1 Aïssatou DIALLO" in said and "Karim" in said and said.count("Ajouté sur place") == 3
    assert not [known for known in ("example.org", "56 78", "AB12") if known in answer.text]


async def test_a_roll_is_closed_by_its_button_and_says_so(world, session, tablet, day):
    await world.booked(session)
    open_page = await tablet.get(address(session))

    closed = await tablet.after(await tablet.post(f"{address(session)}/cloture"))
    zoe = await day.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))
    for_zoe = await zoe.get(address(session))

    assert "Clore l’appel" in text(open_page) and "Clore l’appel" not in text(closed)
    assert "Appel clos par Karim le mardi 20 octobre à 11 h" in text(closed) and "encore corriger" in text(closed)
    assert "voyez la personne qui anime" in text(for_zoe) and "Tous les autres présents" not in text(for_zoe)


async def test_what_is_over_and_not_marked_stands_on_the_page_of_the_day(world, session):
    await world.booked(session)
    async with browsing(world, in_days(2)) as browsers:
        tablet = await browsers.of(world.facilitator)
        said = text(await tablet.get("/presence"))

    assert "À clore" in said and "1 personne à pointer" in said


async def test_who_may_book_is_led_from_an_absence_to_another_date(world, session, day, tablet):
    booking = await world.booked(session)
    manager = await day.of(world.manager)

    said = (await manager.get(address(session))).text
    assert f"/placer?personne={booking.job_seeker_id}&amp;atelier={session.workshop_id}" in said
    assert "Proposer une autre date" not in (await tablet.get(address(session))).text
