"""Prerequisites and level: checked, and overcome by a reason that stays with the booking."""

import pytest

from booking.domain.bookings import Party
from booking.domain.errors import InvalidField, PrerequisiteMissing
from booking.domain.job_seekers import Need
from booking.domain.waits import Skip
from booking.domain.workshops import Level, Skill
from booking.services import bookings, holds, job_seekers, lines, scheduling, waits
from booking.services.job_seekers import PersonSaid
from tests.given import NOW, World, a_workshop, in_days, meeting

NEVER = frozenset({Need.NEVER_USED_COMPUTER})


@pytest.fixture
async def harder(world: World):
    """A session of a workshop that comes after the first one."""
    taught = a_workshop("Tableur", level=Level.INTERMEDIATE, after=(world.workshop.id,))
    await scheduling.add_workshop(world.db, taught, by=world.manager, now=NOW)
    return await world.session(workshop_id=taught.id, capacity=1)


async def test_who_has_not_done_what_comes_before_is_refused_with_what_is_missing(world: World, harder) -> None:
    person = await world.job_seeker()

    for seat in (bookings.book, bookings.wait, holds.hold):
        with pytest.raises(PrerequisiteMissing) as refused:
            await seat(world.db, harder.id, person.id, by=world.adviser, now=NOW)
        assert refused.value.facts["missing"] == [{"workshop_id": str(world.workshop.id)}]
    assert await world.count(harder) == (0, 0)


async def test_a_reason_lets_him_in_and_stays_with_the_booking(world: World, harder) -> None:
    person = await world.job_seeker()

    done = await bookings.book(
        world.db, harder.id, person.id, by=world.adviser, now=NOW, because="  A appris chez lui "
    )

    assert done.booking.overridden_because == "A appris chez lui"


async def test_a_reason_that_is_not_needed_is_not_kept(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()

    done = await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, because="Pour rien")

    assert done.booking.overridden_because is None


async def test_a_reason_too_long_is_refused(world: World, harder) -> None:
    person = await world.job_seeker()

    with pytest.raises(InvalidField):
        await bookings.book(world.db, harder.id, person.id, by=world.adviser, now=NOW, because="x" * 201)


async def test_who_did_what_comes_before_needs_no_reason(world: World, harder) -> None:
    person = await world.job_seeker()
    await world.booked(await world.session(meeting(in_days(1))), person)
    await scheduling.close_over(world.db, in_days(2))

    booking = await world.booked(harder, person, now=in_days(3))

    assert booking.overridden_because is None


async def test_what_is_beyond_somebodys_needs_is_named(world: World) -> None:
    taught = a_workshop("Tableur", level=Level.INTERMEDIATE, skills=(Skill.USES_MOUSE, Skill.HAS_EMAIL))
    await scheduling.add_workshop(world.db, taught, by=world.manager, now=NOW)
    session, person = await world.session(workshop_id=taught.id), await world.job_seeker(needs=NEVER)

    with pytest.raises(PrerequisiteMissing) as refused:
        await world.booked(session, person)

    assert refused.value.facts["missing"] == [{"level": "intermediate"}, {"skill": "uses_mouse"}]


async def test_who_lacks_something_by_now_is_passed_over_with_the_reason(world: World) -> None:
    taught = a_workshop("Tableur", level=Level.INTERMEDIATE)
    await scheduling.add_workshop(world.db, taught, by=world.manager, now=NOW)
    session = await world.session(workshop_id=taught.id, capacity=1)
    seated, person = await world.booked(session), await world.job_seeker()
    await world.waiting(session, person)
    said = PersonSaid(first_name=person.first_name, last_name=person.last_name, needs=NEVER)
    await job_seekers.change(world.db, person.id, said, by=world.adviser, now=NOW)

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

    (line,) = await lines.of_session(world.db, session.id, by=world.adviser, now=NOW)
    assert (line.why_not, line.passed) == (Skip.PREREQUISITE, [(Skip.PREREQUISITE, NOW)])


async def test_waiting_for_the_workshop_asks_for_the_same(world: World, harder) -> None:
    person = await world.job_seeker()
    where = (world.db, harder.workshop_id, person.id, [world.agency.id])

    with pytest.raises(PrerequisiteMissing):
        await waits.join(*where, by=world.adviser, now=NOW)
    joined = await waits.join(*where, by=world.adviser, now=NOW, because="A appris chez lui")

    assert joined.booking and joined.booking.overridden_because == "A appris chez lui"
