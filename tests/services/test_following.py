"""One meeting is changed alone, or with all that follow it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from booking.domain.errors import NotAllowed, NotFound, Obstructed, PlaceTaken, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.messages import MessageKind
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import following
from booking.services.following import Wish
from booking.storage import outbox, sessions
from booking.storage.tables import sessions as table
from tests.given import DAY, HOUR, NOW, SITE, World, in_days, meeting


def as_is(session: Session, n: int = 1, **changed: object) -> Wish:
    m = session.meetings[n - 1]
    known = {"starts_at": m.starts_at, "ends_at": m.ends_at, "room_id": m.room_id, "facilitator_id": m.facilitator_id}
    return Wish(**(known | {"capacity": session.capacity} | changed))


def later(session: Session, n: int, by, **known: object) -> Wish:
    m = session.meetings[n - 1]
    return as_is(session, n, starts_at=m.starts_at + by, ends_at=m.ends_at + by, **known)


async def change(world: World, session: Session, n: int, wish: Wish, **known: object) -> list[Session]:
    usual = {"version": None, "by": world.manager, "site": SITE, "now": NOW}
    meeting_id = session.meetings[n - 1].id
    return await following.change(world.db, session.id, meeting_id, wish, **(usual | known))


async def a_series(world: World, *planned: Session) -> list[Session]:
    """These sessions as if they had been planned together."""
    async with world.db.transaction() as tx:
        series = {"series_id": new_id(NOW)}
        await tx.run(update(table).where(table.c.id.in_([s.id for s in planned])).values(series))
        return [await sessions.load(tx, s.id) for s in planned]


async def starts(world: World, session: Session) -> list[datetime]:
    async with world.db.reading() as tx:
        return [m.starts_at for m in (await sessions.load(tx, session.id)).meetings]


class TestACycle:
    @pytest.fixture
    async def cycle(self, world: World) -> Session:
        # Summer time ends between the first and the second.
        return await world.session(*(meeting(in_days(3 + 7 * n)) for n in range(3)))

    async def test_this_meeting_only(self, world: World, cycle: Session):
        await change(world, cycle, 1, later(cycle, 1, DAY))

        assert await starts(world, cycle) == [in_days(4), in_days(10), in_days(17)]

    async def test_those_that_follow_move_by_as_many_days(self, world: World, cycle: Session):
        await change(world, cycle, 2, later(cycle, 2, DAY, is_following=True))

        assert await starts(world, cycle) == [in_days(3), in_days(11), in_days(18)]

    async def test_the_hour_on_the_wall_is_kept_over_the_end_of_summer_time(self, world: World):
        ten = [datetime(2026, 10, 22, 8, tzinfo=UTC), datetime(2026, 10, 29, 9, tzinfo=UTC)]
        cycle = await world.session(*(meeting(at) for at in ten))

        # From Thursday at ten to Monday at eleven: the change of the clock lies between, for one of them.
        monday = datetime(2026, 10, 26, 10, tzinfo=UTC)
        await change(world, cycle, 1, as_is(cycle, starts_at=monday, ends_at=monday + 2 * HOUR, is_following=True))

        assert await starts(world, cycle) == [monday, datetime(2026, 11, 2, 10, tzinfo=UTC)]

    async def test_the_room_follows_and_what_was_not_changed_stays(self, world: World, cycle: Session):
        leaders = [m.facilitator_id for m in cycle.meetings]

        (after,) = await change(world, cycle, 2, as_is(cycle, 2, room_id=world.room.id, is_following=True))

        assert [m.room_id for m in after.meetings] == [None, world.room.id, world.room.id]
        assert [m.facilitator_id for m in after.meetings] == leaders

    async def test_everybody_concerned_is_told_once(self, world: World, cycle: Session):
        booking = await world.booked(cycle)

        await change(world, cycle, 1, later(cycle, 1, HOUR, is_following=True))

        async with world.db.reading() as tx:
            said = [m.kind for m in await outbox.of_booking(tx, booking.id)]
        assert said.count(MessageKind.SESSION_MOVED) == 1

    async def test_meetings_may_take_the_place_of_one_another(self, world: World, cycle: Session):
        await change(world, cycle, 1, later(cycle, 1, 7 * DAY + HOUR, is_following=True))

        assert len(set(await starts(world, cycle))) == 3


class TestASeries:
    @pytest.fixture
    async def series(self, world: World) -> list[Session]:
        planned = [await world.session(meeting(in_days(3 + 7 * n)), capacity=4) for n in range(3)]
        return await a_series(world, *planned)

    async def test_later_sessions_keep_their_day_and_get_the_hour_and_the_capacity(self, world: World, series):
        _, second, third = series

        wish = later(second, 1, HOUR, is_following=True, capacity=6)
        after = await change(world, second, 1, wish)

        assert [session.id for session in after] == [second.id, third.id]
        assert [await starts(world, s) for s in series] == [[in_days(3)], [in_days(10, 1)], [in_days(17, 1)]]
        assert [s.capacity for s in after] == [6, 6]

    async def test_only_this_one_leaves_the_others(self, world: World, series):
        _, second, third = series

        assert len(await change(world, second, 1, later(second, 1, HOUR, capacity=6))) == 1

        assert await starts(world, third) == [in_days(17)]

    async def test_all_or_nothing(self, world: World, series):
        _, second, third = series
        room = {"room_id": world.room.id}
        await world.session(meeting(in_days(17), **room))

        with pytest.raises(PlaceTaken) as refused:
            await change(world, second, 1, as_is(second, is_following=True, **room))

        assert refused.value.facts["session_id"] == third.id
        async with world.db.reading() as tx:
            assert (await sessions.load(tx, second.id)).meetings[0].room_id is None

    async def test_what_needs_a_reason_may_be_given_one(self, world: World, series):
        first, *_ = series
        sunday = as_is(first, starts_at=in_days(23), ends_at=in_days(23, 2))  # 11 November
        with pytest.raises(Obstructed):
            await change(world, first, 1, sunday)

        (after,) = await change(world, first, 1, replace(sunday, overridden_because="Salle ouverte"))

        assert after.overridden_because == "Salle ouverte"

    async def test_more_seats_go_to_who_waits(self, world: World):
        session = await world.session(capacity=1)
        await world.booked(session)
        await world.waiting(session)

        await change(world, session, 1, as_is(session, capacity=2))

        assert await world.count(session) == (2, 0)


async def test_who_may_not_plan_changes_nothing_and_old_versions_are_refused(world: World):
    session = await world.session()
    stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Paul")

    for by, refusal in ((world.adviser, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            await change(world, session, 1, as_is(session), by=by)
    with pytest.raises(StaleEdit):
        await change(world, session, 1, as_is(session, capacity=3), version=session.version - 1)
    with pytest.raises(NotFound):
        known = {"version": None, "by": world.manager, "site": SITE, "now": NOW}
        await following.change(world.db, session.id, new_id(NOW), as_is(session), **known)
