"""Seats: never one too many, never a free one refused, never one lost."""

import asyncio

import pytest

from booking.domain.bookings import BookingState, Party
from booking.domain.errors import (
    AlreadyBooked,
    AnotherRequestHasThisKey,
    BookingEnded,
    JobSeekerElsewhere,
    NotAllowed,
    NotFound,
    SessionClosed,
    SessionFull,
)
from booking.domain.idempotency import once
from booking.domain.messages import MessageKind, MessageState
from booking.domain.staff import Role
from booking.services import bookings, scheduling
from booking.storage import outbox
from tests.given import NOW, SITE, World, in_days, meeting


async def test_a_booking_takes_one_seat(world: World) -> None:
    session = await world.session(capacity=8)

    booking = await world.booked(session)

    assert booking.state is BookingState.BOOKED
    assert await world.count(session) == (1, 0)


async def test_the_last_seat_goes_to_one_job_seeker_only(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)

    with pytest.raises(SessionFull):
        await world.booked(session)

    assert await world.count(session) == (1, 0)


async def test_ten_advisers_at_once_fill_eight_seats(world: World) -> None:
    session = await world.session(capacity=8)
    people = [await world.job_seeker() for _ in range(10)]

    tries = (bookings.book(world.db, session.id, p.id, by=world.adviser, now=NOW) for p in people)
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(outcome, SessionFull) for outcome in outcomes) == 2
    assert await world.count(session) == (8, 0)


async def test_nobody_is_booked_twice_into_one_session(world: World) -> None:
    session = await world.session()
    person = await world.job_seeker()
    booking = await world.booked(session, person)

    with pytest.raises(AlreadyBooked) as refused:
        await world.booked(session, person)

    assert refused.value.facts["booking_id"] == booking.id
    assert await world.count(session) == (1, 0)


async def test_nobody_sits_in_two_places_at_once(world: World) -> None:
    person = await world.job_seeker()
    first = await world.session(meeting(in_days(14)))
    second = await world.session(meeting(in_days(14, hour=1)))
    await world.booked(first, person)

    with pytest.raises(JobSeekerElsewhere) as refused:
        await world.booked(second, person)

    assert refused.value.facts["other_session_id"] == first.id
    assert await world.count(second) == (0, 0)


async def test_one_meeting_may_begin_when_another_ends(world: World) -> None:
    person = await world.job_seeker()
    await world.booked(await world.session(meeting(in_days(14), hours=2)), person)

    booking = await world.booked(await world.session(meeting(in_days(14, hour=2))), person)

    assert booking.state is BookingState.BOOKED


async def test_a_cycle_occupies_every_one_of_its_meetings(world: World) -> None:
    person = await world.job_seeker()
    cycle = await world.session(*(meeting(in_days(14 + n)) for n in range(4)))
    await world.booked(cycle, person)

    with pytest.raises(JobSeekerElsewhere):
        await world.booked(await world.session(meeting(in_days(14 + 3, hour=1))), person)


async def test_a_session_that_has_begun_takes_no_booking(world: World) -> None:
    session = await world.session(meeting(in_days(1)))

    with pytest.raises(SessionClosed):
        await world.booked(session, now=in_days(1, hour=1))


async def test_a_draft_takes_no_booking(world: World) -> None:
    draft = await world.draft()

    with pytest.raises(SessionClosed):
        await world.booked(draft)


async def test_a_refused_booking_names_alternatives_of_the_same_workshop(world: World) -> None:
    full = await world.session(capacity=1)
    await world.booked(full)
    later = await world.session(meeting(in_days(20)))
    sooner = await world.session(meeting(in_days(16)))

    with pytest.raises(SessionFull) as refused:
        await world.booked(full)

    assert [listed.session.id for listed in refused.value.facts["alternatives"]] == [sooner.id, later.id]


async def test_a_person_of_another_agency_is_not_found(world: World) -> None:
    elsewhere = await world.another_agency()
    stranger = await world.staff(Role.ADVISER, elsewhere, "Paul")
    session, person = await world.session(), await world.job_seeker()

    with pytest.raises(NotFound):
        await bookings.book(world.db, session.id, person.id, by=stranger, now=NOW)


async def test_a_facilitator_books_nobody(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()

    with pytest.raises(NotAllowed):
        await bookings.book(world.db, session.id, person.id, by=world.facilitator, now=NOW)


async def test_whoever_waits_has_a_place_but_no_seat(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)

    waiting = await world.waiting(session)

    assert waiting.state is BookingState.WAITLISTED
    assert await world.count(session) == (1, 1)


async def test_who_asks_to_wait_gets_a_seat_that_is_free(world: World) -> None:
    session = await world.session(capacity=1)

    placed = await world.waiting(session)

    assert placed.state is BookingState.BOOKED
    assert await world.count(session) == (1, 0)


async def test_a_freed_seat_goes_to_the_first_who_waits(world: World) -> None:
    session = await world.session(capacity=1)
    seated = await world.booked(session)
    first = await world.waiting(session)
    await world.waiting(session, now=in_days(0.1))

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=in_days(1))

    assert (await stored(world, first.id)).state is BookingState.BOOKED
    assert await world.count(session) == (1, 1)


async def test_who_could_not_come_is_passed_over_and_keeps_his_place(world: World) -> None:
    session = await world.session(meeting(in_days(14)), capacity=1)
    seated = await world.booked(session)
    busy, free = await world.job_seeker(), await world.job_seeker()
    first = await world.waiting(session, busy)
    second = await world.waiting(session, free, now=in_days(0.1))
    await world.booked(await world.session(meeting(in_days(14, hour=1))), busy)

    await bookings.cancel(world.db, seated.id, party=Party.ADVISER, by=world.adviser, now=in_days(1))

    assert (await stored(world, first.id)).state is BookingState.WAITLISTED
    assert (await stored(world, second.id)).state is BookingState.BOOKED


async def test_giving_up_one_seat_may_win_another(world: World) -> None:
    person = await world.job_seeker()
    wanted = await world.session(meeting(in_days(14)), capacity=1)
    seated = await world.booked(wanted)
    waits = await world.waiting(wanted, person)
    other = await world.booked(await world.session(meeting(in_days(14, hour=1))), person)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=in_days(1))

    await bookings.cancel(world.db, other.id, party=Party.PERSON, by=world.adviser, now=in_days(2))

    assert (await stored(world, waits.id)).state is BookingState.BOOKED
    assert await world.count(wanted) == (1, 0)


async def test_a_booking_ends_once(world: World) -> None:
    booking = await world.booked(await world.session())
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    with pytest.raises(BookingEnded):
        await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)


async def test_after_cancelling_one_may_book_again(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    first = await world.booked(session, person)
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=world.adviser, now=NOW)

    again = await world.booked(session, person)

    assert again.id != first.id
    assert await world.count(session) == (1, 0)


async def test_a_move_gives_the_new_seat_and_frees_the_old_one(world: World) -> None:
    old, new = await world.session(capacity=1), await world.session(meeting(in_days(20)))
    booking = await world.booked(old)
    waiting = await world.waiting(old)

    moved = await bookings.move(world.db, booking.id, new.id, by=world.adviser, now=in_days(1))

    assert moved.booking.session_id == new.id
    assert (await stored(world, waiting.id)).state is BookingState.BOOKED
    assert (await world.count(old), await world.count(new)) == ((1, 0), (1, 0))


async def test_a_move_to_a_full_session_leaves_everything_as_it_was(world: World) -> None:
    old, new = await world.session(), await world.session(meeting(in_days(20)), capacity=1)
    booking = await world.booked(old)
    await world.booked(new)

    with pytest.raises(SessionFull):
        await bookings.move(world.db, booking.id, new.id, by=world.adviser, now=NOW)

    assert (await stored(world, booking.id)).state is BookingState.BOOKED


async def test_the_same_key_and_request_books_once(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    key = once(world.adviser.id, "k-1", session.id, person.id)

    first = await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key)
    again = await bookings.book(world.db, session.id, person.id, by=world.adviser, now=in_days(1), once=key)

    assert (again.booking, again.is_replay) == (first.booking, True)
    assert await world.count(session) == (1, 0)


async def test_a_refusal_is_repeated_for_the_same_key_even_when_a_seat_is_free_by_then(world: World) -> None:
    session, person = await world.session(capacity=1), await world.job_seeker()
    seated = await world.booked(session)
    key = once(world.adviser.id, "k-2", session.id, person.id)
    with pytest.raises(SessionFull):
        await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

    with pytest.raises(SessionFull):
        await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key)


async def test_one_key_is_not_used_for_two_requests(world: World) -> None:
    session, one, other = await world.session(), await world.job_seeker(), await world.job_seeker()
    first, second = (once(world.adviser.id, "k-3", session.id, p.id) for p in (one, other))
    await bookings.book(world.db, session.id, one.id, by=world.adviser, now=NOW, once=first)

    with pytest.raises(AnotherRequestHasThisKey):
        await bookings.book(world.db, session.id, other.id, by=world.adviser, now=NOW, once=second)


async def test_a_key_used_ten_times_at_once_books_once(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    key = once(world.adviser.id, "k-4", session.id, person.id)

    tries = (bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key) for _ in range(10))
    answers = await asyncio.gather(*tries)

    assert len({answer.booking.id for answer in answers}) == 1
    assert await world.count(session) == (1, 0)


async def test_a_booking_plans_its_confirmation_and_two_reminders(world: World) -> None:
    booking = await world.booked(await world.session(meeting(in_days(14))))

    planned = await messages_of(world, booking.id)

    assert [(m.kind, m.rule) for m in planned] == [
        (MessageKind.CONFIRMATION, "now"),
        (MessageKind.REMINDER, "d7"),
        (MessageKind.REMINDER, "d1"),
    ]


async def test_cancelling_withdraws_what_was_planned_and_says_so(world: World) -> None:
    booking = await world.booked(await world.session())

    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=in_days(1))

    said = await messages_of(world, booking.id)
    assert {m.kind for m in said if m.state is MessageState.PLANNED} == {MessageKind.BOOKING_CANCELLED}


async def test_a_slip_undone_before_anybody_was_told_is_not_told(world: World) -> None:
    booking = await world.booked(await world.session())

    await bookings.cancel(world.db, booking.id, party=Party.ADVISER, by=world.adviser, now=in_days(0, hour=0.1))

    assert {m.state for m in await messages_of(world, booking.id)} == {MessageState.CANCELLED}


async def test_a_cancelled_session_ends_every_place_and_tells_everybody(world: World) -> None:
    session = await world.session(capacity=1)
    seated, waiting = await world.booked(session), await world.waiting(session)

    await scheduling.cancel(world.db, session.id, because="Salle inondée", by=world.manager, site=SITE, now=in_days(1))

    for booking in (seated, waiting):
        ended = await stored(world, booking.id)
        assert (ended.state, ended.cancelled_by) == (BookingState.CANCELLED, Party.SERVICE)
        told = [m.kind for m in await messages_of(world, booking.id) if m.state is MessageState.PLANNED]
        assert told == [MessageKind.SESSION_CANCELLED]
    assert await world.count(session) == (0, 0)


async def test_an_early_date_nearby_is_offered_before_a_late_one_in_the_same_agency(world: World) -> None:
    places = {"Europole": (45.190, 5.711), "Bouchayer": (45.181, 5.708)}
    here, near = [await world.another_agency(n, latitude=y, longitude=x) for n, (y, x) in places.items()]
    manager = await world.staff(Role.MANAGER, None, "Lucie")
    full, late = [
        await world.session(meeting(in_days(day)), capacity=1, agency_id=here.id, by=manager) for day in (14, 60)
    ]
    soon = await world.session(meeting(in_days(15)), agency_id=near.id, by=manager)
    await world.booked(full)

    with pytest.raises(SessionFull) as refused:
        await world.booked(full)

    assert [x.session.id for x in refused.value.facts["alternatives"]] == [soon.id, late.id]


async def stored(world: World, booking_id):
    async with world.db.reading() as tx:
        return await bookings.bookings.load(tx, booking_id)


async def messages_of(world: World, booking_id):
    async with world.db.reading() as tx:
        return await outbox.of_booking(tx, booking_id)
