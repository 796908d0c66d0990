"""The terms of booking of a workshop change, and its sessions to come follow."""

from dataclasses import replace

import pytest

from booking.domain.bookings import BookingState
from booking.domain.errors import InvalidField, StaleEdit
from booking.domain.sessions import Session
from booking.domain.terms import terms_of
from booking.services import catalogues, scheduling
from booking.storage import bookings
from tests.given import SITE, World, in_days, meeting


async def change(world: World, version: int | None = None, **terms: object) -> None:
    changed = replace(await catalogues.show(world.db, world.workshop.id), **terms)
    known = {"version": version, "by": world.manager, "site": SITE, "now": in_days(1)}
    await scheduling.change_workshop(world.db, changed, **known)


async def as_it_is(world: World, session: Session) -> Session:
    async with world.db.reading() as tx:
        return await scheduling.sessions.load(tx, session.id)


async def test_a_new_session_has_the_terms_of_its_workshop(world: World) -> None:
    await change(world, window_days=10, cutoff_hours=24)

    session = await as_it_is(world, await world.session(meeting(in_days(14))))

    assert (session.opens_at, session.closes_at) == (in_days(4), in_days(13))


async def test_sessions_to_come_follow_and_those_that_are_over_stay(world: World) -> None:
    draft, coming = await world.draft(), await world.session(meeting(in_days(14)), meeting(in_days(16)))
    over = await world.session(meeting(in_days(0.5)))

    await change(world, window_days=7, cutoff_hours=2, join_until=2)

    for session in (draft, coming):
        now = await as_it_is(world, session)
        assert (terms_of(now), now.version) == (
            terms_of(await catalogues.show(world.db, world.workshop.id)),
            session.version + 1,
        )
    assert (await as_it_is(world, coming)).closes_at == in_days(16, -2)
    assert (await as_it_is(world, over)).window_days is None


async def test_who_waits_for_a_cycle_on_its_way_has_a_seat_as_soon_as_one_may_still_join(world: World) -> None:
    cycle = await world.session(meeting(in_days(0.5)), meeting(in_days(3)), capacity=1)
    await world.booked(cycle)
    waiting = await world.waiting(cycle)
    async with world.db.transaction() as tx:
        before = await scheduling.sessions.lock_one(tx, cycle.id)
        await scheduling.sessions.change(tx, before, replace(before, capacity=2))

    await change(world, join_until=2)

    async with world.db.reading() as tx:
        assert (await bookings.load(tx, waiting.id)).state is BookingState.BOOKED


async def test_terms_are_checked(world: World) -> None:
    with pytest.raises(InvalidField) as refused:
        await change(world, window_days=0, cutoff_hours=-1, join_until=41)

    assert set(refused.value.facts["fields"]) == {"window_days", "cutoff_hours", "join_until"}


async def test_who_saw_an_older_version_changes_nothing(world: World) -> None:
    await change(world, version=0, cutoff_hours=3)

    with pytest.raises(StaleEdit) as refused:
        await change(world, version=0, cutoff_hours=5)

    assert refused.value.facts["version"] == 1
    assert (await catalogues.show(world.db, world.workshop.id)).cutoff_hours == 3
