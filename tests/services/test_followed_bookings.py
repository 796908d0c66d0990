"""What an adviser booked: with its outcome and the next step, who waits for an answer first."""

from dataclasses import replace
from uuid import UUID

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Party
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.followed_bookings import Standing, Step
from booking.domain.staff import Role
from booking.services import attendance, bookings, followed_bookings, scheduling
from booking.services.followed_bookings import FollowedBooking
from booking.storage import staff
from booking.storage.followed_bookings import Asked
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting


async def followed(world: World, now=NOW, by=None, **asked: object) -> list[FollowedBooking]:
    """What Nadia follows."""
    usual = {"staff_id": world.adviser.id} | asked
    return await followed_bookings.find(world.db, Asked(**usual), by=by or world.adviser, now=now)  # type: ignore[arg-type]


async def marked(world: World, booking, there, mark: Mark) -> None:
    async with world.db.reading() as tx:
        leader = await staff.load(tx, there.facilitator_id, NOW)
    await attendance.mark(world.db, there.id, booking.id, mark, by=leader, now=there.starts_at)


async def test_a_coming_place_needs_nothing_unless_nothing_reaches_the_person(world: World):
    reached = await world.job_seeker("Sow", phone="06 39 98 00 01")
    session = await world.session()
    await world.booked(session, reached)
    await world.booked(session)

    found = {one.person.last_name: (one.found.outcome, one.step) for one in await followed(world)}

    assert found.pop("Sow") == (Standing.COMING, Step.NOTHING)
    assert list(found.values()) == [(Standing.COMING, Step.HAND_PAPER)]


async def test_who_waits_is_followed_too(world: World):
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session)

    assert {one.found.outcome for one in await followed(world)} == {Standing.COMING, Standing.WAITING}


async def test_the_outcome_counts_the_meetings_somebody_came_to(world: World):
    cycle = await world.session(meeting(in_days(1)), meeting(in_days(2)))
    booking = await world.booked(cycle)
    for there, mark, outcome, step in (
        (cycle.meetings[0], Mark.LATE, Standing.CAME, Step.OFFER_TO_CATCH_UP),
        (cycle.meetings[1], Mark.ATTENDED, Standing.FINISHED, Step.NOTHING),
    ):
        await marked(world, booking, there, mark)

        [one] = await followed(world, now=in_days(3))
        assert (one.found.outcome, one.step, one.found.meetings) == (outcome, step, 2)
    assert one.found.came == 2


async def test_who_was_absent_is_called_and_whose_presence_nobody_noted_is_asked_after(world: World):
    session = await world.session(meeting(in_days(1)))
    absent, unknown = await world.booked(session), await world.booked(session)
    await marked(world, absent, session.meetings[0], Mark.ABSENT)

    found = {one.found.booking.id: (one.found.outcome, one.step) for one in await followed(world, now=in_days(3))}

    assert found == {
        absent.id: (Standing.ABSENT, Step.CALL_ABSENT),
        unknown.id: (Standing.NOT_MARKED, Step.ASK_WHETHER_CAME),
    }


async def test_who_has_finished_is_offered_what_asks_for_it_until_he_has_it(world: World):
    after = a_workshop("Tableur", after=(world.workshop.id,))
    await scheduling.add_workshop(world.db, after, by=world.manager, now=NOW)
    person = await world.job_seeker()
    session = await world.session(meeting(in_days(1)))
    booking = await world.booked(session, person)
    await marked(world, booking, session.meetings[0], Mark.ATTENDED)

    [one] = await followed(world, now=in_days(2), workshop_id=world.workshop.id)
    assert (one.step, one.leads_to) == (Step.OFFER_NEXT, {after.id: "Tableur"})

    await world.booked(await world.session(workshop_id=after.id), person, now=in_days(2))
    [one] = await followed(world, now=in_days(2), workshop_id=world.workshop.id)
    assert (one.step, one.leads_to) == (Step.NOTHING, {})


@pytest.mark.parametrize(("party", "step"), [(Party.PERSON, Step.OFFER_OTHER_DATE), (Party.ADVISER, Step.NOTHING)])
async def test_who_lost_a_place_is_offered_another_unless_the_adviser_took_it(world: World, party: Party, step: Step):
    booking = await world.booked(await world.session())
    await bookings.cancel(world.db, booking.id, party=party, by=world.adviser, now=NOW)

    [one] = await followed(world)

    assert (one.found.outcome, one.step) == (Standing.CANCELLED, step)


async def test_a_place_that_moved_needs_nothing(world: World):
    booking, other = await world.booked(await world.session()), await world.session(meeting(in_days(20)))
    await bookings.move(world.db, booking.id, other.id, by=world.adviser, now=NOW)

    steps = {one.found.outcome: one.step for one in await followed(world)}

    assert steps == {Standing.COMING: Step.HAND_PAPER, Standing.CANCELLED: Step.NOTHING}


async def test_page_by_page_what_waits_for_an_answer_comes_first_and_nothing_twice(world: World):
    late, soon = await world.session(meeting(in_days(20))), await world.session(meeting(in_days(5)))
    over, wished = await world.session(meeting(in_days(1))), await world.session(meeting(in_days(9)))
    ids = {}
    for name, session in (("late", late), ("soon", soon), ("over", over), ("wished", wished)):
        ids[(await world.booked(session)).id] = name
    [wish] = [id for id, name in ids.items() if name == "wished"]
    await _wishes_another_date(world, wish)

    seen: list[UUID] = []
    after = None
    while some := await followed(world, now=in_days(3), most=1, after=after):
        seen.append(some[0].found.booking.id)
        after = some[0].found.place

    assert [ids[id] for id in seen] == ["wished", "soon", "late", "over"]


async def test_the_list_is_narrowed_by_outcome_workshop_and_period(world: World):
    near, far = await world.session(meeting(in_days(5))), await world.session(meeting(in_days(30)))
    for session in (near, far):
        await world.booked(session)

    assert [one.listed.session.id for one in await followed(world, starts_before=in_days(10))] == [near.id]
    assert [one.listed.session.id for one in await followed(world, starts_from=in_days(10))] == [far.id]
    assert await followed(world, outcomes=[Standing.CANCELLED]) == []
    assert await followed(world, workshop_id=world.agency.id) == []


async def test_a_manager_looks_at_an_adviser_of_the_agency_and_nobody_else_does(world: World):
    await world.booked(await world.session())
    stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")
    colleague = await world.staff(Role.ADVISER, world.agency, "Inès")

    assert len(await followed(world, by=world.manager)) == 1
    assert (world.adviser.id, "Nadia") in await followed_bookings.advisers(world.db, by=world.manager, now=NOW)
    assert await followed_bookings.advisers(world.db, by=colleague, now=NOW) == []
    with pytest.raises(NotFound):
        await followed(world, by=stranger)
    with pytest.raises(NotAllowed):
        await followed(world, by=colleague)
    with pytest.raises(NotAllowed):
        await followed(world, by=world.facilitator, staff_id=world.facilitator.id)


async def test_the_whole_list_is_as_long_as_its_pages(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(followed_bookings, "AT_ONCE", 2)
    session = await world.session()
    for _ in range(5):
        await world.booked(session)

    asked = Asked(staff_id=world.adviser.id)
    assert len(await followed_bookings.every(world.db, asked, by=world.adviser, now=NOW)) == 5


async def test_a_cancelled_session_leaves_its_people_to_be_placed_again(world: World):
    session = await world.session()
    await world.booked(session)
    await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=NOW)

    [one] = await followed(world)

    assert (one.found.outcome, one.step) == (Standing.CANCELLED, Step.OFFER_OTHER_DATE)
    assert one.found.booking.cancelled_by is Party.SERVICE


async def _wishes_another_date(world: World, booking_id: UUID) -> None:
    async with world.db.transaction() as tx:
        booking = await bookings.bookings.load(tx, booking_id)
        await bookings.bookings.change(tx, replace(booking, wishes_other_at=NOW))
