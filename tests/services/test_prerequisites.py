"""What a workshop asks for, seen for one person."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.errors import NotAllowed
from booking.domain.workshops import Skill
from booking.services import attendance, prerequisites, scheduling
from tests.given import NOW, World, a_workshop, in_days, meeting


@pytest.fixture
async def internet(world: World):
    workshop = a_workshop("Internet", after=(world.workshop.id,), skills=(Skill.READS_FRENCH,))
    return await scheduling.add_workshop(world.db, workshop, by=world.manager, now=NOW)


async def asked(world: World, workshop, person) -> list[tuple[str, bool | None]]:
    found = await prerequisites.of_person(world.db, person.id, by=world.adviser)
    return [(one.title or str(one.skill), one.is_done) for one in found.get(workshop.id, ())]


async def marked(world: World, person, mark: Mark) -> None:
    session = await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id))
    booking = await world.booked(session, person)
    meeting_id, at = session.meetings[0].id, in_days(1, 1)
    await attendance.mark(world.db, meeting_id, booking.id, mark, by=world.facilitator, now=at)


async def test_a_workshop_not_done_yet_and_a_skill_to_ask_about(world: World, internet) -> None:
    person = await world.job_seeker()

    assert await asked(world, internet, person) == [(world.workshop.title, False), ("reads_french", None)]
    assert await asked(world, world.workshop, person) == []


@pytest.mark.parametrize("mark", [Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY])
async def test_whoever_was_seen_there_has_done_it(world: World, internet, mark: Mark) -> None:
    person = await world.job_seeker()

    await marked(world, person, mark)

    assert (await asked(world, internet, person))[0] == (world.workshop.title, True)


async def test_whoever_stayed_away_has_not_done_it_even_when_the_session_is_over(world: World, internet) -> None:
    person = await world.job_seeker()

    await marked(world, person, Mark.ABSENT)
    await scheduling.close_over(world.db, in_days(2))

    assert (await asked(world, internet, person))[0] == (world.workshop.title, False)


async def test_a_seat_in_a_session_that_was_held_counts_where_nobody_called_the_roll(world: World, internet) -> None:
    person = await world.job_seeker()
    await world.booked(await world.session(meeting(in_days(1))), person)

    before = await asked(world, internet, person)
    await scheduling.close_over(world.db, in_days(2))

    assert before[0] == (world.workshop.title, False)
    assert (await asked(world, internet, person))[0] == (world.workshop.title, True)


async def test_a_facilitator_learns_nothing_about_what_somebody_did(world: World) -> None:
    person = await world.job_seeker()

    with pytest.raises(NotAllowed):
        await prerequisites.of_person(world.db, person.id, by=world.facilitator)
