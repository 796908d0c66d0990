"""Merging: two entries of one person become one, and nothing that was booked, marked or said is lost."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import DUPLICATE, BookingState, Party
from booking.domain.errors import JobSeekerElsewhere, NotAllowed, NotFound, NotOneAgency
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.staff import Role
from booking.services import attendance, bookings, job_seekers, merging, waits
from booking.services.doctor import examine
from booking.storage import attendance as marks
from booking.storage import listings, outbox, staff
from booking.storage import waits as lines
from tests.given import NOW, World, in_days, meeting


async def two(world: World) -> tuple[JobSeeker, JobSeeker]:
    return await world.job_seeker("Diallo"), await world.job_seeker("Dialo")


async def merge(world: World, kept: JobSeeker, gone: JobSeeker, now=NOW) -> JobSeeker:
    return await merging.merge(world.db, kept.id, gone.id, by=world.adviser, now=now)


async def states(world: World, person: JobSeeker) -> dict[str, str]:
    """The state of each booking of this person, by id."""
    async with world.db.reading() as tx:
        return {str(b.booking.id): b.booking.state.value for b in await listings.bookings_of(tx, person.id)}


async def test_bookings_go_to_the_entry_that_stays(world: World):
    kept, gone = await two(world)
    here, there = await world.session(), await world.session(meeting(in_days(20)))
    mine, theirs = await world.booked(here, kept), await world.booked(there, gone)

    await merge(world, kept, gone)

    assert await states(world, kept) == {str(mine.id): "booked", str(theirs.id): "booked"}
    assert await examine(world.db, now=NOW) == []


async def test_messages_still_to_be_said_go_to_the_address_of_the_one_who_stays(world: World):
    kept, gone = await two(world)
    booking = await world.booked(await world.session(), gone)

    await merge(world, kept, gone)

    async with world.db.reading() as tx:
        assert {message.job_seeker_id for message in await outbox.of_booking(tx, booking.id)} == {kept.id}


async def test_what_only_the_other_entry_knew_is_kept(world: World):
    kept = await world.job_seeker("Diallo", email="a@example.fr", needs=frozenset({Need.READS_LITTLE}))
    other = {"phone": "06 39 98 00 01", "preferred": Channel.SMS, "identifier": "A1", "language": "ar"}
    gone = await world.job_seeker("Dialo", email="b@example.fr", needs=frozenset({Need.HEARS_LITTLE}), **other)

    after = await merge(world, kept, gone)

    assert after == await job_seekers.show(world.db, kept.id, by=world.adviser)
    assert (after.email, after.phone, after.phone_takes_sms) == ("a@example.fr", "+33639980001", True)
    assert (after.identifier, after.language, after.preferred) == ("A1", "ar", Channel.SMS)
    assert after.needs == {Need.READS_LITTLE, Need.HEARS_LITTLE}


async def test_an_address_is_taken_whole_or_not_at_all(world: World):
    kept = await world.job_seeker("Diallo", commune="Lyon")
    gone = await world.job_seeker("Dialo", address="3 rue des Lilas", postcode="38000", commune="Grenoble")

    after = await merge(world, kept, gone)

    assert (after.address, after.postcode, after.commune) == ("", "", "Lyon")


async def test_nobody_finds_the_one_who_is_gone(world: World):
    kept = await world.job_seeker("Diallo")
    gone = await world.job_seeker("Zola", phone="06 39 98 00 01")
    session = await world.session()

    await merge(world, kept, gone)

    assert await job_seekers.search(world.db, "zola", by=world.adviser) == []
    assert [p.id for p in await job_seekers.search(world.db, "0001", by=world.adviser)] == [kept.id]
    with pytest.raises(NotFound):
        await job_seekers.show(world.db, gone.id, by=world.adviser)
    with pytest.raises(NotFound):
        await bookings.book(world.db, session.id, gone.id, by=world.adviser, now=NOW)


async def test_who_is_gone_leads_to_who_stays_however_often_it_happens(world: World):
    first, second = await two(world)
    third = await world.job_seeker("Diallot")

    await merge(world, second, first)
    await merge(world, third, second)

    found = [await merging.into(world.db, one.id, by=world.adviser) for one in (first, second, third)]
    assert found == [third.id, third.id, None]
    assert await examine(world.db, now=NOW) == []


@pytest.mark.parametrize("seated_is_kept", [True, False])
async def test_of_two_places_in_one_session_the_seat_stays_and_nobody_is_told(world: World, seated_is_kept: bool):
    seated, waits_there = await two(world)
    session = await world.session(capacity=1)
    seat, place = await world.booked(session, seated), await world.waiting(session, waits_there)
    kept, gone = (seated, waits_there) if seated_is_kept else (waits_there, seated)

    await merge(world, kept, gone)

    assert await states(world, kept) == {str(seat.id): "booked", str(place.id): "cancelled"}
    ended = await _booking(world, place.id)
    assert (ended.cancelled_by, ended.cancelled_because) == (Party.SERVICE, DUPLICATE)
    async with world.db.reading() as tx:
        assert {m.state for m in await outbox.of_booking(tx, place.id)} == {"cancelled"}
    assert await examine(world.db, now=NOW) == []


async def test_the_seat_set_free_goes_to_who_waits(world: World):
    kept, gone = await two(world)
    session = await world.session(capacity=2)
    first, second = await world.booked(session, kept), await world.booked(session, gone)
    next_one = await world.waiting(session)

    await merge(world, kept, gone)

    found = [(await _booking(world, one.id)).state for one in (first, second, next_one)]
    assert found == [BookingState.BOOKED, BookingState.CANCELLED, BookingState.BOOKED]
    assert await world.count(session) == (2, 0)
    assert await examine(world.db, now=NOW) == []


async def test_presence_marked_of_the_place_that_ends_is_not_lost(world: World):
    kept, gone = await two(world)
    session = await world.session(meeting(in_days(1)))
    mine, theirs = await world.booked(session, kept), await world.booked(session, gone)
    there = session.meetings[0]
    leader = await _leader(world, there)
    await attendance.mark(world.db, there.id, theirs.id, Mark.ATTENDED, by=leader, now=there.starts_at)

    await merge(world, kept, gone, now=in_days(2))

    assert await _marks(world, there) == {mine.id: Mark.ATTENDED}
    assert await examine(world.db, now=in_days(2)) == []


async def test_seats_at_the_same_time_are_named_and_nothing_changes(world: World):
    kept, gone = await two(world)
    one, other = await world.session(), await world.session(meeting(in_days(14, hour=1)))
    mine, theirs = await world.booked(one, kept), await world.booked(other, gone)

    with pytest.raises(JobSeekerElsewhere) as refused:
        await merge(world, kept, gone)

    assert refused.value.facts["clashes"] == [(one.id, other.id)]
    assert (await states(world, kept), await states(world, gone)) == (
        {str(mine.id): "booked"},
        {str(theirs.id): "booked"},
    )
    await bookings.cancel(world.db, theirs.id, party=Party.ADVISER, by=world.adviser, now=NOW)
    await merge(world, kept, gone)


async def test_of_two_waits_for_a_workshop_the_first_stays(world: World):
    kept, gone = await two(world)
    joined = [
        await waits.join(world.db, world.workshop.id, who.id, [world.agency.id], by=world.adviser, now=when)
        for who, when in ((gone, NOW), (kept, in_days(1)))
    ]

    await merge(world, kept, gone, now=in_days(2))

    async with world.db.reading() as tx:
        assert [wait.id for wait in await lines.of_person(tx, kept.id)] == [joined[0].wait.id]
    assert await examine(world.db, now=in_days(2)) == []


async def test_people_of_two_agencies_and_one_and_the_same_are_not_merged(world: World):
    elsewhere = await world.another_agency()
    everywhere = await world.staff(Role.ADVISER, None, "Odile")
    kept, gone = await two(world)
    said = job_seekers.PersonSaid(first_name="Awa", last_name="Sow")
    far = await job_seekers.register(world.db, elsewhere.id, said, by=everywhere, now=NOW)

    for one, other in ((kept, far), (kept, kept)):
        with pytest.raises(NotOneAgency):
            await merging.merge(world.db, one.id, other.id, by=everywhere, now=NOW)
    with pytest.raises(NotFound):
        await merge(world, kept, far)
    with pytest.raises(NotAllowed):
        await merging.merge(world.db, kept.id, gone.id, by=world.facilitator, now=NOW)


async def test_a_merge_is_shown_before_it_is_made(world: World):
    kept = await world.job_seeker("Diallo", email="a@example.fr")
    gone = await world.job_seeker("Dialo", email="b@example.fr", phone="06 39 98 00 01")
    both, only = await world.session(), await world.session(meeting(in_days(20)))
    for session, who in ((both, kept), (both, gone), (only, gone)):
        await world.booked(session, who)

    shown = await merging.preview(world.db, kept.id, gone.id, by=world.adviser, now=NOW)

    said = {field.name: (field.value, field.is_taken, field.lost) for field in shown.fields}
    assert said["phone"] == ("+33639980001", True, None)
    assert said["email"] == ("a@example.fr", False, "b@example.fr")
    assert [listed.session.id for _, listed in shown.places] == [only.id]
    assert [listed.session.id for _, listed in shown.doubles] == [both.id]
    assert shown.clashes == []


async def _booking(world: World, booking_id):
    async with world.db.reading() as tx:
        return await bookings.bookings.load(tx, booking_id)


async def _leader(world: World, there):
    async with world.db.reading() as tx:
        return await staff.load(tx, there.facilitator_id, NOW)


async def _marks(world: World, there) -> dict:
    async with world.db.reading() as tx:
        return {booking_id: one.mark for booking_id, one in (await marks.of_meeting(tx, there.id)).items()}
