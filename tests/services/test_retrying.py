"""Saying dead messages again: each once, and none that no longer holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Booking, Party
from booking.domain.messages import MessageKind, MessageState
from booking.services import bookings
from booking.services.retrying import Retried, count_of_use, retry
from booking.services.sending import send_due
from booking.storage.tables import audit, messages
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

LATER = in_days(1)


async def dead(world: World, kind: MessageKind = MessageKind.CONFIRMATION, **where: object) -> Booking:
    """A seat whose message of this kind died at once."""
    session = await world.session(meeting(in_days(14)), **where)
    booking = await world.booked(session, await world.job_seeker(email="awa@example.org"))
    await died(world, booking, kind)
    return booking


async def died(world: World, booking: Booking, kind: MessageKind) -> None:
    lost = {"state": MessageState.DEAD, "reason": "every-way-failed", "settled_at": NOW, "attempts": 3}
    these = (messages.c.booking_id == booking.id, messages.c.kind == kind)
    async with world.db.transaction() as tx:
        await tx.run(update(messages).where(*these).values(lost))


async def of_use(world: World) -> int:
    async with world.db.reading() as tx:
        return await count_of_use(tx, LATER)


async def test_what_died_leaves_when_the_way_works_again(world: World) -> None:
    await dead(world)
    provider = Provider()

    done = await retry(world.db, LATER)
    await send_due(world.db, Deliveries(provider), LATER, site=SITE)

    assert done == Retried(planned=1)
    assert [letter.address for letter in provider.taken] == ["awa@example.org"]


async def test_a_second_time_nothing_is_planned(world: World) -> None:
    await dead(world)

    first, second = await retry(world.db, LATER), await retry(world.db, LATER)

    assert (first, second) == (Retried(planned=1), Retried(known=1))


async def test_what_no_longer_holds_is_left(world: World) -> None:
    booking = await dead(world)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=in_days(0.5))

    assert await of_use(world) == 0
    assert await retry(world.db, LATER) == Retried(left=1)


async def test_what_would_come_too_late_is_left(world: World) -> None:
    await dead(world)

    assert await retry(world.db, in_days(14)) == Retried(left=1)


async def test_of_two_dead_reminders_only_the_later_one_is_said(world: World) -> None:
    await dead(world, MessageKind.REMINDER)

    assert await retry(world.db, in_days(13, hour=1)) == Retried(planned=1, left=1)


async def test_only_the_people_of_one_agency_or_what_died_since(world: World) -> None:
    await dead(world)
    elsewhere = await world.another_agency()

    assert await retry(world.db, LATER, agency_id=elsewhere.id) == Retried()
    assert await retry(world.db, LATER, since=NOW + timedelta(seconds=1)) == Retried()
    assert await retry(world.db, LATER, agency_id=world.agency.id, since=NOW) == Retried(planned=1)


async def test_how_many_are_of_use_is_known_beforehand(world: World) -> None:
    await dead(world)

    before = await of_use(world)
    await retry(world.db, LATER)

    assert (before, await of_use(world)) == (1, 0)


async def test_it_is_written_down_as_done_by_nobody_of_the_staff(world: World) -> None:
    booking = await dead(world)

    await retry(world.db, LATER)

    async with world.db.reading() as tx:
        (line,) = await tx.rows(select(audit).where(audit.c.action == "resent"))
    assert (line.staff_id, line.agency_id) == (None, booking.agency_id)
    assert line.details["door"] == "command-line"


@pytest.mark.parametrize("page", [1, 2])
async def test_many_are_planned_in_pages(world: World, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    monkeypatch.setattr("booking.services.retrying.PAGE", page)
    session = await world.session(meeting(in_days(14)))
    for number in range(3):
        booking = await world.booked(session, await world.job_seeker(email=f"awa{number}@example.org"))
        await died(world, booking, MessageKind.CONFIRMATION)

    assert await of_use(world) == 3
    assert await retry(world.db, LATER) == Retried(planned=3)
