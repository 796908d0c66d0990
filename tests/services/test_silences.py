"""The sender was away for an hour, two days or eight: then nothing stale leaves, and nobody is reminded twice."""

from collections import Counter
from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Party
from booking.domain.messages import MessageKind, MessageState, still_holds
from booking.services import bookings
from booking.services.sending import send_due
from booking.services.sweeping import reap, sweep
from booking.storage import cases, outbox
from tests.given import DAY, HOUR, NOW, SITE, World, in_days, meeting
from tests.outside import Provider

# Sessions of every distance: some are over after the silence, some have both reminders overdue, some have none.
AHEAD = (2, 4, 8, 9, 11, 15, 16)


async def a_fortnight(world: World) -> list:
    """A seat in each session; one of the people called off."""
    seats = []
    for n, days in enumerate(AHEAD):
        session = await world.session(meeting(in_days(days)))
        person = await world.job_seeker(email=f"p{n}@example.org")
        seats.append(await world.booked(session, person, now=NOW - HOUR))
    await bookings.cancel(world.db, seats[3].id, party=Party.PERSON, by=world.adviser, now=NOW)
    return seats


@pytest.mark.parametrize("silence", [HOUR, 2 * DAY, 8 * DAY], ids=["an hour", "two days", "eight days"])
async def test_after_a_silence_only_what_is_still_so_is_said_and_once(world: World, silence: timedelta) -> None:
    seats = await a_fortnight(world)
    provider, now = Provider(), NOW + silence
    post = Deliveries(provider)

    await sweep(world.db, now)
    await reap(world.db, now)
    while await send_due(world.db, post, now, site=SITE):
        pass

    told = {letter.key for letter in provider.taken}
    async with world.db.reading() as tx:
        said = [m for seat in seats for m in await outbox.of_booking(tx, seat.id) if str(m.id) in told]
        known = await cases.load_many(tx, {m.booking_id for m in said})
    reminded = Counter(m.booking_id for m in said if m.kind is MessageKind.REMINDER)
    assert said and all(m.not_after > now for m in said)
    assert all(still_holds(m, known[m.booking_id].booking, known[m.booking_id].session) for m in said)
    assert not reminded or max(reminded.values()) == 1
    assert all(m.state is MessageState.ACCEPTED for m in said)
