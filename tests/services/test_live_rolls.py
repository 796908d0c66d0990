"""What an open roll follows: any mark given, changed or taken back, and any seat."""

from booking.domain.attendance import Mark, Reason
from booking.services import attendance
from booking.storage import live_rolls
from tests.given import World, in_days


async def test_a_roll_looks_otherwise_after_each_change_and_the_same_when_it_is_taken_back(world: World) -> None:
    session = await world.session()
    meeting_id = session.meetings[0].id
    booking = await world.booked(session)

    async def look() -> object:
        async with world.db.reading() as tx:
            return (await live_rolls.counts(tx, [meeting_id]))[meeting_id]

    async def mark(what: Mark | None, reason: Reason | None = None) -> object:
        about = {"reason": reason, "by": world.facilitator, "now": in_days(14)}
        await attendance.mark(world.db, meeting_id, booking.id, what, **about)
        return await look()

    before = await look()
    seen = [await mark(Mark.LATE), await mark(Mark.EXCUSED), await mark(Mark.EXCUSED, Reason.ILL)]
    back = await mark(None)
    await world.booked(session)

    assert len({before, *seen}) == 4 and back == before
    assert await look() != before
