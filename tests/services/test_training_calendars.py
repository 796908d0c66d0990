"""The calendar of a colleague shows the trainings that he attends, beside what he leads."""

from booking.domain.subscriptions import FeedKind
from booking.services import doctor, scheduling, trainings
from tests.given import NOW, SITE, World, in_days
from tests.given_trainings import a_session_of, a_training, takes_part
from tests.services.test_followed_feeds import changed, events, following, ids, same, shown, tag


async def test_a_seat_in_a_training_wakes_and_fills_ones_own_calendar(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    mine = following(FeedKind.FACILITATOR, world.facilitator.id)
    before = await tag(world, mine)

    booked = await takes_part(world, session, world.facilitator)
    assert await shown(world, mine) == ids(session) and await tag(world, mine) != before
    await trainings.cancel(world.db, booked.id, by=world.facilitator, now=NOW)

    assert await shown(world, mine) == []
    assert not await doctor.examine(world.db, now=NOW)


async def test_a_training_that_is_changed_or_cancelled_stays_in_sight(world: World) -> None:
    session = await a_session_of(world, await a_training(world))
    mine = following(FeedKind.FACILITATOR, world.facilitator.id)
    await takes_part(world, session, world.facilitator)

    moved = await changed(world, session, *same(session, starts_at=in_days(15), ends_at=in_days(15, 2)))
    assert await shown(world, mine) == ids(session)
    await scheduling.cancel(world.db, moved.id, because="Grève", by=world.manager, site=SITE, now=NOW)

    assert [str(event["STATUS"]) for event in await events(world, mine)] == ["CANCELLED"]
    assert not await doctor.examine(world.db, now=NOW)
