"""Several managers change what subscribers read at the same moment: every change is counted, in every calendar."""

from uuid import UUID

from icalendar import Calendar
from sqlalchemy import func, select

from booking.domain.subscriptions import FeedKind, Subscription
from booking.services import feeds
from booking.storage.tables import agencies, feed_changes, feed_versions
from tests.given import NOW, SITE, World, in_days, meeting
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import LENGTH, PROCESSES, Crew, in_step

ROUNDS = int(8 * LENGTH)
# From here on so many days without a holiday.
FIRST = 24


async def versions(world: World) -> dict[UUID, int]:
    """How often the calendar of each room, workshop and member of staff has changed, and the agency's."""
    counted = select(feed_versions.c.scope_id, func.sum(feed_versions.c.version)).group_by(feed_versions.c.scope_id)
    async with world.db.reading() as tx:
        found = {row[0]: int(row[1]) for row in await tx.rows(counted)}
        found[world.agency.id] = await tx.value(select(agencies.c.feed_version))
    return found


async def test_no_change_of_a_calendar_is_lost_among_many(world: World, url: str, crew: Crew) -> None:
    led = {"room_id": world.room.id, "facilitator_id": world.facilitator.id}
    mine = [await world.session(meeting(in_days(FIRST + p), **led)) for p in range(PROCESSES)]
    before = await versions(world)
    # Each process moves its own session, by a quarter of an hour each time.
    rounds = [[Try("postpone", (one.id, 8, 1 / 96), world.manager) for one in mine] for _ in range(ROUNDS)]

    told = crew.together(try_in_step, url, in_step(rounds))

    refused = [said.refusal for process in told for answers in process for said in answers if said.refusal]
    assert refused == []
    for id in (world.agency.id, world.room.id, world.workshop.id, world.facilitator.id):
        assert (await versions(world))[id] - before[id] == ROUNDS * PROCESSES
    async with world.db.reading() as tx:
        recorded = [row.version for row in await tx.rows(select(feed_changes.c.version).order_by("version"))]
    assert recorded == list(range(1, before[world.agency.id] + ROUNDS * PROCESSES + 1)), "one after the other, no gap"
    assert await starts(world) == [one.meetings[0].starts_at + ROUNDS * (in_days(1 / 96) - NOW) for one in mine]
    assert await oracle.faults(world.db) == {}


async def starts(world: World) -> list[object]:
    """What the facilitator's subscribers read."""
    who = world.facilitator.id
    mine = Subscription(
        id=who, owner_id=who, kind=FeedKind.FACILITATOR, scope_id=who, agency_id=None, name="x", created_at=NOW
    )
    body = await feeds.text(world.db, await feeds.followed(world.db, mine, now=NOW), site=SITE)
    return [event["DTSTART"].dt for event in Calendar.from_ical(body).walk("VEVENT")]
